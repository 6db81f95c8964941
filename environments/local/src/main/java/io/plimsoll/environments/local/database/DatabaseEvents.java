package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.estate.DatabaseEvent;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened to databases, in the words of RDS (User Guide, "Amazon RDS event categories and event messages"). The
 * last 1,000 are kept. Safe for several threads.
 */
public final class DatabaseEvents {
    private static final int KEPT = 1_000;

    private final Clock clock;
    private final Deque<DatabaseEvent> events = new ArrayDeque<>();

    public DatabaseEvents(Clock clock) {
        this.clock = clock;
    }

    /** An event of RDS: its category and its text. */
    enum Kind {
        /** RDS-EVENT-0004. */
        SHUTDOWN("availability", "DB instance shutdown."),
        /** RDS-EVENT-0006. */
        RESTARTED("availability", "DB instance restarted."),
        /** RDS-EVENT-0005. */
        CREATED("creation", "DB instance created."),
        /** RDS-EVENT-0013. */
        FAILOVER_STARTED("failover", "Multi-AZ instance failover started."),
        /** RDS-EVENT-0049. */
        FAILOVER_COMPLETED("failover", "Multi-AZ instance failover completed."),
        /** RDS-EVENT-0034. */
        FAILOVER_ABANDONED(
                "failover",
                "Abandoning user requested failover since a failover recently occurred on the database instance."),
        /** RDS-EVENT-0065. */
        FAILOVER_RECOVERED("failover", "Recovered from partial failover."),
        /** RDS-EVENT-0031. */
        FAILED("failure", "DB instance put into failed state."),
        /** RDS-EVENT-0020. */
        RECOVERY_STARTED(
                "recovery",
                "Recovery of the DB instance has started. Recovery time will vary with the amount of data to be"
                        + " recovered."),
        /** RDS-EVENT-0021. */
        RECOVERY_COMPLETED("recovery", "Recovery of the DB instance is complete."),
        /** RDS-EVENT-0045. */
        REPLICATION_STOPPED("read replica", "Replication has stopped."),
        /** RDS-EVENT-0046. */
        REPLICATION_RESUMED("read replica", "Replication for the Read Replica resumed.");

        private final String category;
        private final String message;

        Kind(String category, String message) {
            this.category = category;
            this.message = message;
        }
    }

    synchronized void add(String source, Kind kind) {
        if (events.size() == KEPT) {
            events.removeFirst();
        }
        events.addLast(new DatabaseEvent(source, clock.instant(), kind.category, kind.message));
    }

    /** What happened, the oldest first. */
    public synchronized List<DatabaseEvent> all() {
        return List.copyOf(events);
    }
}
