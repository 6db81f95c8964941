package io.plimsoll.environments.local.estate;

import java.util.List;
import java.util.Optional;

/** What RDS can be asked to do with a database, and what it tells of it. Safe for use by several threads. */
public interface DatabaseActs {
    /** Ids of the DB instances that this acts on. */
    List<String> ids();

    /**
     * Begins to restart a DB instance, or to fail over to its standby.
     *
     * @return why it cannot be done now; empty once it has begun
     */
    Optional<Refusal> reboot(String id, boolean forceFailover);

    /** What happened so far, the oldest first. */
    List<DatabaseEvent> events();

    /** Why a DB instance cannot be rebooted. */
    enum Refusal {
        /** It is not available. */
        NOT_AVAILABLE,
        /** A failover was asked for, and it has no standby. */
        NO_STANDBY
    }
}
