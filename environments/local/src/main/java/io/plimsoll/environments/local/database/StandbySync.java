package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.ProcessException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps a standby in step with its primary by semi-synchronous replication: a commit returns only once the standby has
 * received it. The standby is <em>in sync</em> from the moment everything the primary has ever committed is there and
 * every further commit waits. While it is not, the primary commits alone, as RDS does, and must not be replaced by it.
 * Used by one thread, but for {@link #isInSync()}.
 */
final class StandbySync {
    private static final Logger LOG = Logger.getLogger(StandbySync.class.getName());
    private static final String STATUS = "Rpl_semi_sync_master_status";
    private static final String CLIENTS = "Rpl_semi_sync_master_clients";

    private final FailoverPolicy policy;
    private DatabaseServer primary;
    private DatabaseServer standby;
    private int strikes;
    private boolean waiting;
    private Optional<Long> mark = Optional.empty();
    private volatile boolean inSync;

    StandbySync(DatabaseServer primary, DatabaseServer standby, FailoverPolicy policy) {
        this.primary = primary;
        this.standby = standby;
        this.policy = policy;
    }

    /** Whether the standby has every transaction that was ever acknowledged. */
    boolean isInSync() {
        return inSync;
    }

    /** From now on the standby is the primary, and the primary, which has ended, the standby to be. */
    void swap() {
        forget();
        DatabaseServer ended = primary;
        primary = standby;
        standby = ended;
        // It need not be probed: it is started anew at the next step.
        strikes = policy.strikes();
    }

    /** What was known of the pair is no longer true: its primary is started anew. */
    void forget() {
        inSync = false;
        waiting = false;
        mark = Optional.empty();
        strikes = 0;
    }

    /** One step towards being in sync. The primary has just answered a probe. */
    void step() {
        try {
            if (strikes < policy.strikes() && standby.isResponding()) {
                follow(standby.replication());
            } else if (++strikes >= policy.strikes()) {
                rejoin(standby.isResponding());
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, standby.id() + ": not in step with " + primary.id(), e);
        } catch (ProcessException | UncheckedIOException e) {
            LOG.log(Level.WARNING, standby.id() + " cannot be the standby of " + primary.id(), e);
        }
    }

    private void follow(ReplicationStatus status) throws SQLException {
        if (status.receiving() && !status.isBroken()) {
            strikes = 0;
            approach(status);
        } else if (++strikes >= policy.strikes()) {
            commitAlone();
            if (status.isBroken()) {
                standby.remake(ServerRole.STANDBY, primary.port(), Duration.ZERO);
            } else if (!status.connecting()) {
                rejoin(true);
            }
        }
    }

    private void approach(ReplicationStatus status) throws SQLException {
        if (inSync) {
            return;
        }
        if (!waiting) {
            primary.execute("SET GLOBAL rpl_semi_sync_master_enabled = 1");
            waiting = true;
        }
        if (mark.isEmpty()) {
            Map<String, String> semiSync = semiSync();
            if ("ON".equals(semiSync.get(STATUS)) && !"0".equals(semiSync.getOrDefault(CLIENTS, "0"))) {
                // What commits from here on waits for the standby; what committed before has at most this number.
                mark = Optional.of(primary.position());
            }
        }
        if (mark.filter(sequence -> status.received() >= sequence).isPresent()) {
            inSync = true;
        }
    }

    private Map<String, String> semiSync() throws SQLException {
        return primary.words("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_master_%'");
    }

    /** Lets the primary commit without the standby. */
    private void commitAlone() throws SQLException {
        forget();
        primary.execute("SET GLOBAL rpl_semi_sync_master_enabled = 0");
    }

    /** Brings a server back as the standby, with its own data if the primary has all of it, else from the beginning. */
    private void rejoin(boolean responding) throws SQLException {
        commitAlone();
        boolean whole = responding || restarted();

        if (whole && isSubset()) {
            standby.follow(primary.port(), Duration.ZERO);
        } else {
            standby.remake(ServerRole.STANDBY, primary.port(), Duration.ZERO);
        }
    }

    private boolean restarted() {
        try {
            standby.restart(ServerRole.STANDBY);
            return true;
        } catch (ProcessException e) {
            LOG.log(Level.FINE, standby.id() + " does not come up with its own data", e);
            return false;
        }
    }

    private boolean isSubset() throws SQLException {
        Optional<Gtid> last = Gtid.last(standby.variable("gtid_binlog_pos"));
        String known = primary.variable("gtid_binlog_state");
        return last.isEmpty() || last.get().isIn(known);
    }
}
