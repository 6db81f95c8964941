package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.Await;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Makes a primary of a standby whose primary has ended. Every transaction that was acknowledged is in the standby's relay
 * log, but perhaps not yet applied. So it first applies all of it: a server that takes writes before that would give
 * clients an older state, and stopping replication would throw the rest away.
 */
final class Promotion {
    private static final Duration STEP = Duration.ofSeconds(1);

    private Promotion() {}

    /**
     * Promotes once everything received is applied.
     *
     * @param stall how long the backlog may stand still before the standby is given up
     * @return whether it now takes writes; if not, it still is a standby and has lost nothing
     */
    static boolean promote(DatabaseServer standby, Duration stall) {
        try {
            standby.execute("START SLAVE SQL_THREAD");
            if (!drain(standby, stall)) {
                return false;
            }
            standby.execute("STOP SLAVE");
            standby.execute("RESET SLAVE ALL");
            standby.execute("SET GLOBAL rpl_semi_sync_slave_enabled = 0");
            standby.execute("SET GLOBAL read_only = 0");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean drain(DatabaseServer standby, Duration stall) throws SQLException {
        long received = standby.replication().received();
        long applied = standby.position();
        long movedNanos = System.nanoTime();
        while (applied < received) {
            long before = applied;
            if (Await.until(() -> hasApplied(standby, received), STEP)) {
                return true;
            }
            applied = standby.position();
            if (applied > before) {
                movedNanos = System.nanoTime();
            } else if (System.nanoTime() - movedNanos > stall.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasApplied(DatabaseServer standby, long sequence) {
        try {
            return standby.position() >= sequence;
        } catch (SQLException e) {
            return false;
        }
    }
}
