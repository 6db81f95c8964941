package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.database.DatabaseEvents.Kind;
import io.plimsoll.environments.local.estate.DatabaseActs.Refusal;
import io.plimsoll.environments.local.estate.Truth;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.tcp.SwitchedPort;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What RDS calls a DB instance: an endpoint and the server behind it, with a standby in another zone if it is Multi-AZ.
 * It is probed; a server taken for lost is replaced by its standby if that is in sync, and else started anew on its own
 * data. Neither loses a write that was acknowledged. Safe for several threads.
 */
public final class DatabaseInstance implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DatabaseInstance.class.getName());

    private final String id;
    private final SwitchedPort endpoint;
    private final FailoverPolicy policy;
    private final DatabaseEvents events;
    private final Optional<StandbySync> sync;
    private final ScheduledExecutorService monitor;
    private final Instant created = Instant.now();
    private final List<Truth> known = new CopyOnWriteArrayList<>();
    private volatile DatabaseServer active;
    private volatile Optional<DatabaseServer> standby;
    private volatile List<String> zones;
    private volatile Status status = Status.AVAILABLE;
    private volatile boolean lost;
    private int strikes;

    /** DBInstanceStatus of RDS. */
    public enum Status {
        AVAILABLE("available"),
        /** Its server is started anew, or fails over because it was asked to. */
        REBOOTING("rebooting"),
        /** Its server was lost and the standby takes over. */
        FAILING_OVER("failing-over"),
        /** Its server does not come up. */
        FAILED("failed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word that RDS uses. */
        public String word() {
            return word;
        }
    }

    /**
     * An instance over running servers; probing begins with {@link #start()}.
     *
     * @param id DB instance identifier
     * @param active takes the writes
     * @param standby follows it and may replace it
     * @param zones zone of the active server and, if there is a standby, of that
     * @param endpoint already points to the active server
     */
    DatabaseInstance(
            String id,
            DatabaseServer active,
            Optional<DatabaseServer> standby,
            List<String> zones,
            SwitchedPort endpoint,
            FailoverPolicy policy,
            DatabaseEvents events) {
        this.id = id;
        this.active = active;
        this.standby = standby;
        this.zones = List.copyOf(zones);
        this.endpoint = endpoint;
        this.policy = policy;
        this.events = events;
        this.sync = standby.map(server -> new StandbySync(active, server, policy));
        this.monitor = Executors.newSingleThreadScheduledExecutor(Daemon.named("monitor-" + id));
    }

    /** Begins to probe. */
    void start() {
        long millis = policy.probeInterval().toMillis();
        var unused = monitor.scheduleWithFixedDelay(this::guardedStep, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A step that fails must not end those to come: a timer drops a task that throws. */
    private void guardedStep() {
        try {
            step();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "database " + id + ": probing failed", e);
        }
    }

    private void step() {
        if (lost) {
            return;
        }
        if (active.isResponding()) {
            strikes = 0;
            sync.ifPresent(StandbySync::step);
        } else if (++strikes >= policy.strikes()) {
            strikes = 0;
            recover();
        }
    }

    private void recover() {
        if (isInSync()) {
            failOver();
        } else {
            restartInPlace();
        }
    }

    private void failOver() {
        status = Status.FAILING_OVER;
        events.add(id, Kind.FAILOVER_STARTED);
        endpoint.pointNowhere();
        // Whatever is wrong with it, from here on it must not take another write.
        kill();
        DatabaseServer next = standby.orElseThrow();
        if (!Promotion.promote(next, policy.stall())) {
            restartInPlace();
            events.add(id, Kind.FAILOVER_RECOVERED);
            return;
        }
        standby = Optional.of(active);
        active = next;
        zones = List.of(zones.get(1), zones.get(0));
        sync.orElseThrow().swap();
        endpoint.pointTo(next.port());
        known.add(Truth.writable(id));
        events.add(id, Kind.RESTARTED);
        events.add(id, Kind.FAILOVER_COMPLETED);
        status = Status.AVAILABLE;
    }

    private void restartInPlace() {
        status = Status.REBOOTING;
        events.add(id, Kind.RECOVERY_STARTED);
        try {
            active.restart(ServerRole.PRIMARY);
            sync.ifPresent(StandbySync::forget);
            endpoint.pointTo(active.port());
            known.add(Truth.writable(id));
            events.add(id, Kind.RESTARTED);
            events.add(id, Kind.RECOVERY_COMPLETED);
            status = Status.AVAILABLE;
        } catch (ProcessException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "database " + id + " does not come up", e);
            status = Status.FAILED;
            events.add(id, Kind.FAILED);
        }
    }

    /**
     * Begins to restart the server, or to fail over to the standby; {@link #status()} tells when it is over.
     *
     * @return why not; empty once it has begun
     */
    public synchronized Optional<Refusal> reboot(boolean forceFailover) {
        if (forceFailover && standby.isEmpty()) {
            return Optional.of(Refusal.NO_STANDBY);
        }
        if (status != Status.AVAILABLE) {
            return Optional.of(Refusal.NOT_AVAILABLE);
        }
        status = Status.REBOOTING;
        try {
            monitor.execute(() -> rebootNow(forceFailover));
            return Optional.empty();
        } catch (RejectedExecutionException e) {
            return Optional.of(Refusal.NOT_AVAILABLE);
        }
    }

    private void rebootNow(boolean forceFailover) {
        if (!forceFailover) {
            events.add(id, Kind.SHUTDOWN);
            active.stop();
            restartInPlace();
        } else if (isInSync()) {
            // It is there to simulate a failure, so it is one: noticed by the probes, and as long as any other.
            kill();
        } else {
            events.add(id, Kind.FAILOVER_ABANDONED);
            status = Status.AVAILABLE;
        }
    }

    /** Makes the network to its endpoint slow. */
    public void throttle(Throttle slow) {
        endpoint.throttle(slow);
    }

    /** Kills the server behind the endpoint, as when its host is lost. Nothing is told to the monitor. */
    public void killActive() {
        kill();
    }

    private void kill() {
        boolean running = active.process().isAlive();
        active.kill();
        if (running) {
            known.add(Truth.down(id));
        }
    }

    /** When its writes ended, and when they were taken again. */
    public List<Truth> known() {
        return known;
    }

    /** Kills its servers and keeps them from coming back until {@link #restore()}; returns once they have ended. */
    public void lose() {
        lost = true;
        run(() -> {
            endpoint.pointNowhere();
            servers().forEach(DatabaseServer::kill);
            sync.ifPresent(StandbySync::forget);
            status = Status.FAILED;
            events.add(id, Kind.FAILED);
        });
    }

    /** Brings back what was lost, with all its data; returns once it answers. */
    public void restore() {
        run(() -> {
            if (lost) {
                lost = false;
                restartInPlace();
            }
        });
    }

    /** Runs between two probes. */
    private void run(Runnable act) {
        CompletableFuture.runAsync(act, monitor).join();
    }

    public String id() {
        return id;
    }

    /** Port that clients connect to, whichever server is behind it. */
    public int port() {
        return endpoint.port();
    }

    /** The server behind the endpoint now. */
    public DatabaseServer active() {
        return active;
    }

    /** The server that would replace it. */
    public Optional<DatabaseServer> standby() {
        return standby;
    }

    /** All servers, the active one first. */
    public List<DatabaseServer> servers() {
        List<DatabaseServer> all = new ArrayList<>(List.of(active));
        standby.ifPresent(all::add);
        return all;
    }

    /** Zone of the active server and, if there is a standby, of that. */
    public List<String> zones() {
        return zones;
    }

    public Status status() {
        return status;
    }

    public Instant created() {
        return created;
    }

    /** Whether the standby has every transaction that was ever acknowledged; false if there is none. */
    public boolean isInSync() {
        return sync.filter(StandbySync::isInSync).isPresent();
    }

    /** Stops probing. The servers go on. */
    @Override
    public void close() {
        monitor.shutdownNow();
        endpoint.close();
    }

    /** The last sequence of the active server's binary log. */
    long position() throws SQLException {
        return active.position();
    }
}
