package io.plimsoll.results.load;

/** Hears what a running simulation has logged. Times are milliseconds since the epoch. */
public interface GatlingLogListener {
    /**
     * A request ended.
     *
     * @param name the request's own name, without its groups
     * @param startMillisEpoch when it was sent
     * @param ok whether the client's checks passed
     * @param endMillisEpoch when its response was complete or given up
     */
    void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch);

    /** A user started. */
    void userStarted(long millisEpoch);

    /** A user ended. */
    void userEnded(long millisEpoch);
}
