package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.database.DatabaseEvents.Kind;
import io.plimsoll.environments.local.database.DatabaseInstance.Status;
import io.plimsoll.environments.local.estate.DatabaseActs.Refusal;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A read replica. It follows its source's endpoint, so it finds a new primary by itself. If its server is lost it is
 * started anew; if it holds a transaction that the new primary never received, which was acknowledged to nobody, or cannot
 * apply what it receives, it is made anew. Replication that was stopped by hand stays stopped. Safe for several threads.
 */
public final class ReadReplica implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReadReplica.class.getName());

    private final DatabaseServer server;
    private final DatabaseInstance source;
    private final String zone;
    private final FailoverPolicy policy;
    private final DatabaseEvents events;
    private final ScheduledExecutorService monitor;
    private final Instant created = Instant.now();
    private volatile Duration delay;
    private volatile Status status = Status.AVAILABLE;
    private int strikes;

    /** Whether it follows its source with whole data; what it was brought back for has else failed half way. */
    private boolean joined = true;

    private boolean replicating = true;
    private Optional<SqlSession> lock = Optional.empty();

    /** A replica over a running server; {@link #start()} lets it follow its source. */
    ReadReplica(
            DatabaseServer server,
            DatabaseInstance source,
            String zone,
            Duration delay,
            FailoverPolicy policy,
            DatabaseEvents events) {
        this.server = server;
        this.source = source;
        this.zone = zone;
        this.delay = delay;
        this.policy = policy;
        this.events = events;
        this.monitor = Executors.newSingleThreadScheduledExecutor(Daemon.named("monitor-" + server.id()));
    }

    /** Begins to follow the source and to be probed. */
    void start() throws SQLException {
        server.follow(source.port(), delay);
        long millis = policy.probeInterval().toMillis();
        var unused = monitor.scheduleWithFixedDelay(this::guardedStep, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void guardedStep() {
        try {
            step();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "replica " + server.id() + " does not answer", e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "replica " + server.id() + ": probing failed", e);
        }
    }

    private void step() throws SQLException {
        if (joined && server.isResponding()) {
            strikes = 0;
            watch(server.replication());
        } else if (++strikes >= policy.strikes()) {
            events.add(id(), Kind.RECOVERY_STARTED);
            restart();
            events.add(id(), Kind.RECOVERY_COMPLETED);
        }
    }

    private void watch(ReplicationStatus replication) throws SQLException {
        if (replication.isBroken() || replication.receiveError() == ReplicationStatus.SOURCE_LACKS_TRANSACTIONS) {
            tell(false);
            remake();
        } else if (replication.applying() && replication.receiving()) {
            tell(true);
        } else if (!replication.applying()) {
            tell(false);
        }
    }

    private void tell(boolean runs) {
        if (runs != replicating) {
            replicating = runs;
            events.add(id(), runs ? Kind.REPLICATION_RESUMED : Kind.REPLICATION_STOPPED);
        }
    }

    private void remake() throws SQLException {
        joined = false;
        server.remake(ServerRole.REPLICA, source.port(), delay);
        joined = true;
    }

    /** Starts it anew on its data, or, if the last attempt ended half way, makes it anew. */
    private void restart() {
        strikes = 0;
        status = Status.REBOOTING;
        try {
            if (joined) {
                joined = false;
                server.restart(ServerRole.REPLICA);
                server.follow(source.port(), delay);
                joined = true;
            } else {
                remake();
            }
            events.add(id(), Kind.RESTARTED);
            status = Status.AVAILABLE;
        } catch (SQLException | ProcessException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "replica " + id() + " does not come up", e);
            status = Status.FAILED;
            events.add(id(), Kind.FAILED);
        }
    }

    /** Begins to restart the server. A replica has no standby to fail over to. */
    public synchronized Optional<Refusal> reboot(boolean forceFailover) {
        if (forceFailover) {
            return Optional.of(Refusal.NO_STANDBY);
        }
        if (status != Status.AVAILABLE) {
            return Optional.of(Refusal.NOT_AVAILABLE);
        }
        status = Status.REBOOTING;
        try {
            monitor.execute(this::rebootNow);
            return Optional.empty();
        } catch (RejectedExecutionException e) {
            return Optional.of(Refusal.NOT_AVAILABLE);
        }
    }

    private void rebootNow() {
        events.add(id(), Kind.SHUTDOWN);
        server.stop();
        restart();
    }

    /** Holds it back by a real {@code MASTER_DELAY}, also after a restart; zero lets it run freely. */
    public void delay(Duration held) throws SQLException {
        delay = held;
        server.delayReplication(held);
    }

    /**
     * Locks all its tables against writing, so that it applies nothing more until it is unlocked: its lag grows a second
     * a second.
     */
    public synchronized void lock() throws SQLException {
        unlock();
        SqlSession session = server.newSession();
        session.execute("FLUSH TABLES WITH READ LOCK");
        lock = Optional.of(session);
    }

    /** Lets it apply again; does nothing if it is not locked. */
    public synchronized void unlock() {
        lock.ifPresent(SqlSession::close);
        lock = Optional.empty();
    }

    public String id() {
        return server.id();
    }

    public DatabaseServer server() {
        return server;
    }

    /** The DB instance it replicates. */
    public DatabaseInstance source() {
        return source;
    }

    public String zone() {
        return zone;
    }

    public Status status() {
        return status;
    }

    public Instant created() {
        return created;
    }

    /** Stops probing. The server goes on. */
    @Override
    public void close() {
        monitor.shutdownNow();
    }
}
