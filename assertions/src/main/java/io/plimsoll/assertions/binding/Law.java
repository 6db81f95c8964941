package io.plimsoll.assertions.binding;

/** By what sort of limit a resource binds. Where two were full at the same time, the earlier named here is the cause. */
public enum Law {
    /** A cache that must drop what it will be asked for: evictions a second, where misses are many and each drops an item. */
    EVICTIONS(0.5),
    /** Sessions that wait for another one's locks. */
    LOCKS(1),
    /** Packets that the network dropped or held back, as they exceeded what it allows. */
    NETWORK(0.5),
    /** A share of time, 1 is always busy; queues are long well before that. */
    BUSY(0.85),
    /** A pool of connections: the share that is taken. */
    POOL(0.95),
    /** Seconds by which a copy is behind. */
    LAG(2);

    private final double full;

    Law(double full) {
        this.full = full;
    }

    /** At this level the resource is full. */
    double full() {
        return full;
    }
}
