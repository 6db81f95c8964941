package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.service.InstanceReport;
import java.time.Instant;
import java.util.Optional;

/** One instance from its launch on. Safe for several threads. */
final class Instance {
    private final String id;
    private final String fleet;
    private final String type;
    private final String zone;
    private final ChildProcess process;
    private final Instant launched = Instant.now();
    private int port;
    private Optional<Instant> terminated = Optional.empty();
    private InstanceView.State state = InstanceView.State.PENDING;
    private Optional<InstanceReport> lastReport = Optional.empty();

    Instance(String id, String fleet, String type, String zone, ChildProcess process) {
        this.id = id;
        this.fleet = fleet;
        this.type = type;
        this.zone = zone;
        this.process = process;
    }

    String id() {
        return id;
    }

    ChildProcess process() {
        return process;
    }

    synchronized void listening(int onPort) {
        port = onPort;
        if (state == InstanceView.State.PENDING) {
            state = InstanceView.State.RUNNING;
        }
    }

    synchronized boolean isListening() {
        return port != 0;
    }

    /**
     * Begins its end.
     *
     * @return whether it had not begun before
     */
    synchronized boolean shuttingDown() {
        if (state == InstanceView.State.SHUTTING_DOWN || state == InstanceView.State.TERMINATED) {
            return false;
        }
        state = InstanceView.State.SHUTTING_DOWN;
        return true;
    }

    synchronized void ended() {
        state = InstanceView.State.TERMINATED;
        terminated = Optional.of(Instant.now());
    }

    synchronized void reported(InstanceReport report) {
        lastReport = Optional.of(report);
    }

    /** Its last report, if it runs and has made one. */
    synchronized Optional<InstanceReport> lastReport() {
        return state == InstanceView.State.RUNNING ? lastReport : Optional.empty();
    }

    synchronized InstanceView view() {
        return new InstanceView(
                id, fleet, type, zone, LoopbackPorts.ADDRESS, port, process.pid(), launched, terminated, state);
    }
}
