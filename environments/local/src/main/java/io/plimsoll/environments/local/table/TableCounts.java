package io.plimsoll.environments.local.table;

import java.util.ArrayList;
import java.util.List;

/** Counts requests to tables, from one drain to the next. Safe for several threads. */
final class TableCounts {
    private List<Access> accesses = new ArrayList<>();

    /** What became of a request. */
    enum Outcome {
        /** Carried out. */
        SUCCESSFUL,
        /** Refused, as it exceeded the provisioned throughput. */
        THROTTLED,
        /** Refused for another reason that lies with the client. */
        USER_ERROR,
        /** Not carried out although it should have been. */
        SYSTEM_ERROR
    }

    /**
     * One answered request.
     *
     * @param table name of the table
     * @param operation such as {@code GetItem}
     * @param outcome what became of it
     * @param consumedUnits capacity it consumed, of reads or of writes by its operation, >= 0
     * @param returnedItems items of a query or scan; 0 otherwise
     * @param millis from its arrival until it was answered
     */
    record Access(
            String table, String operation, Outcome outcome, double consumedUnits, int returnedItems, double millis) {}

    synchronized void add(Access access) {
        accesses.add(access);
    }

    /** All accesses since the last call, in order of their ends. */
    synchronized List<Access> drain() {
        List<Access> drained = accesses;
        accesses = new ArrayList<>();
        return drained;
    }
}
