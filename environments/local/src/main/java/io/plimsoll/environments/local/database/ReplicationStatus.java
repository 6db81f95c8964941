package io.plimsoll.environments.local.database;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a follower says about its replication. The one place that knows MariaDB's column names: RDS for MySQL 8.4 says
 * Source and Replica, MariaDB Master and Slave.
 *
 * @param configured whether it follows anyone
 * @param connecting whether it tries to reach its source
 * @param receiving whether it is connected to its source
 * @param applying whether it applies what it receives
 * @param lagSeconds whole seconds behind its source; empty when it does not apply or is not connected
 * @param received sequence of the last transaction it has received whole
 * @param receiveError number of the error that ended receiving; 0 for none
 * @param applyError number of the error that ended applying; 0 for none, as when it was stopped by hand
 */
record ReplicationStatus(
        boolean configured,
        boolean connecting,
        boolean receiving,
        boolean applying,
        OptionalDouble lagSeconds,
        long received,
        int receiveError,
        int applyError) {
    /** The source does not have what the follower asks for. */
    static final int SOURCE_LACKS_TRANSACTIONS = 1236;

    static ReplicationStatus of(Map<String, String> row) {
        String seconds = row.getOrDefault("Seconds_Behind_Master", "");
        return new ReplicationStatus(
                !row.isEmpty(),
                "Connecting".equals(row.get("Slave_IO_Running")) || "Preparing".equals(row.get("Slave_IO_Running")),
                "Yes".equals(row.get("Slave_IO_Running")),
                "Yes".equals(row.get("Slave_SQL_Running")),
                seconds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(seconds)),
                Gtid.position(row.getOrDefault("Gtid_IO_Pos", "")),
                Integer.parseInt(row.getOrDefault("Last_IO_Errno", "0")),
                Integer.parseInt(row.getOrDefault("Last_SQL_Errno", "0")));
    }

    /**
     * Whether it could not apply what it received: its rows are not those of its source, whatever its log says, and it must be
     * made anew. One that was stopped or is held back is not broken.
     */
    boolean isBroken() {
        return !applying && applyError != 0;
    }

    /** Whether it both receives and applies. */
    boolean runs() {
        return receiving && applying;
    }
}
