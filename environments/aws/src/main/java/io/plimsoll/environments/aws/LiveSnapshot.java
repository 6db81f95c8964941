package io.plimsoll.environments.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * The stack as last seen while load is sent; for a person to watch, never judged.
 *
 * @param at when it was put together
 * @param targets targets of all target groups; empty before the first poll that succeeded
 * @param desiredCapacity sum over the scaling groups; empty if it is not known
 * @param replicas the replica that lags most; empty if live metrics are off or nothing was published yet
 */
public record LiveSnapshot(
        Instant at, Optional<Targets> targets, Optional<Integer> desiredCapacity, Optional<ReplicaLag> replicas) {

    /**
     * Targets of the load balancer.
     *
     * @param registered targets in any state
     * @param healthy those in state healthy
     */
    public record Targets(int registered, int healthy) {}

    /**
     * How far replicas are behind.
     *
     * @param maxSeconds the longest lag published of a replica that replicates; 0 if none does
     * @param stopped replicas whose replication has stopped
     */
    public record ReplicaLag(double maxSeconds, int stopped) {}
}
