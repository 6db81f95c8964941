package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.InstanceView.State;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.service.InstanceReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One instance from its launch on: its service's process, started anew at each boot, and its companion's. Safe for several
 * threads.
 */
final class Instance {
    private final String id;
    private final String tier;
    private InstanceType type;
    private final String zone;
    private final Optional<Companion> companion;
    private final Instant launched = Instant.now();
    private Optional<ChildProcess> process = Optional.empty();
    private int port;
    private int tlsPort;
    private boolean listening;
    private boolean rebooting;
    private Optional<Instant> terminated = Optional.empty();
    private State state = State.PENDING;
    private Optional<InstanceReport> lastReport = Optional.empty();

    Instance(String id, String tier, InstanceType type, String zone, Optional<Companion> companion) {
        this.id = id;
        this.tier = tier;
        this.type = type;
        this.zone = zone;
        this.companion = companion;
    }

    String id() {
        return id;
    }

    synchronized InstanceType type() {
        return type;
    }

    /**
     * Gives it another type.
     *
     * @return whether it was stopped, as it must be
     */
    synchronized boolean resize(InstanceType to) {
        if (state != State.STOPPED) {
            return false;
        }
        type = to;
        return true;
    }

    Optional<Companion> companion() {
        return companion;
    }

    synchronized Optional<ChildProcess> process() {
        return process;
    }

    /** Its processes that have not ended, by name; that of its service is called by its id. */
    synchronized Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> all = new LinkedHashMap<>();
        companion.ifPresent(server -> all.putAll(server.processes()));
        process.ifPresent(own -> all.put(id, own));
        all.values().removeIf(each -> !each.isAlive());
        return all;
    }

    /** The port of its first boot, kept for the next; 0 before. */
    synchronized int port() {
        return port;
    }

    /** The port of TLS, kept likewise; 0 if it does not speak it. */
    synchronized int tlsPort() {
        return tlsPort;
    }

    /** Has its next boot take other ports: it comes up elsewhere. */
    synchronized void forgetPorts() {
        port = 0;
        tlsPort = 0;
    }

    /** Takes the process of a boot. */
    synchronized void boots(ChildProcess booting) {
        process = Optional.of(booting);
        listening = false;
        lastReport = Optional.empty();
        var unused = booting.onExit().thenRun(() -> exited(booting));
    }

    synchronized void listening(int onPort, int onTlsPort) {
        port = onPort;
        tlsPort = onTlsPort;
        listening = true;
        if (state == State.PENDING) {
            state = State.RUNNING;
        }
    }

    synchronized boolean isListening() {
        return listening;
    }

    /**
     * Changes its state if it is in one.
     *
     * @return whether it was
     */
    synchronized boolean change(State from, State to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }

    /**
     * Begins a reboot, throughout which it counts as running, as on EC2.
     *
     * @return whether it ran
     */
    synchronized boolean reboots() {
        if (state != State.RUNNING || rebooting) {
            return false;
        }
        rebooting = true;
        return true;
    }

    synchronized void rebooted() {
        rebooting = false;
    }

    /**
     * Begins its end.
     *
     * @return whether it had not begun before
     */
    synchronized boolean shuttingDown() {
        if (state == State.SHUTTING_DOWN || state == State.TERMINATED) {
            return false;
        }
        state = State.SHUTTING_DOWN;
        return true;
    }

    /** A process that ends while it is not being stopped ends the instance. */
    private void exited(ChildProcess ended) {
        synchronized (this) {
            if (!process.equals(Optional.of(ended)) || rebooting || state == State.STOPPING || state == State.STOPPED) {
                return;
            }
        }
        ended();
        companion.ifPresent(server -> server.processes().values().forEach(ChildProcess::kill));
    }

    synchronized void ended() {
        state = State.TERMINATED;
        if (terminated.isEmpty()) {
            terminated = Optional.of(Instant.now());
        }
    }

    synchronized void reported(InstanceReport report) {
        lastReport = Optional.of(report);
    }

    /** Its last report, if it runs and has made one. */
    synchronized Optional<InstanceReport> lastReport() {
        return state == State.RUNNING ? lastReport : Optional.empty();
    }

    synchronized InstanceView view() {
        return new InstanceView(
                id,
                tier,
                type.name(),
                zone,
                LoopbackPorts.ADDRESS,
                port,
                process.map(ChildProcess::pid).orElse(0L),
                launched,
                terminated,
                state);
    }
}
