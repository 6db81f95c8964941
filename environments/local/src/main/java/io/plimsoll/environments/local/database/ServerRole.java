package io.plimsoll.environments.local.database;

import java.util.List;

/** What a server is started as. */
public enum ServerRole {
    /** Takes writes. After a crash it keeps every transaction of its binary log, acknowledged or not. */
    PRIMARY,
    /**
     * Follows a primary and acknowledges what it has received. After a crash it takes back the transactions that were
     * written to its binary log but not committed: had it been the primary, those were acknowledged to nobody, and the
     * new primary may not have them.
     */
    STANDBY,
    /** Follows a primary that does not wait for it. */
    REPLICA;

    List<String> options() {
        return switch (this) {
            case PRIMARY -> List.of();
            case STANDBY -> List.of("--read-only=1", "--rpl-semi-sync-slave-enabled=1", "--init-rpl-role=SLAVE");
            case REPLICA -> List.of("--read-only=1");
        };
    }
}
