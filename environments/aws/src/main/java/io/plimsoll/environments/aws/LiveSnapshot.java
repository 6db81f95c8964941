package io.plimsoll.environments.aws;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stack as last seen while load is sent; for a person to watch, never judged.
 *
 * @param at when it was put together
 * @param targets targets of all target groups; empty before the first poll that succeeded
 * @param groups the scaling groups by name; empty if they are not known, or there is none
 * @param replicas the replica that lags most; empty if live metrics are off or nothing was published yet
 */
public record LiveSnapshot(Instant at, Optional<Targets> targets, List<Group> groups, Optional<ReplicaLag> replicas) {
    public LiveSnapshot {
        groups = List.copyOf(groups);
    }

    /** Instances that the scaling groups want, in sum; empty if it is not known. */
    public Optional<Integer> desiredCapacity() {
        return groups.stream().map(Group::desired).reduce(Integer::sum);
    }

    /**
     * A scaling group.
     *
     * @param name as AWS knows it
     * @param inService instances in service
     * @param desired instances it wants
     */
    public record Group(String name, int inService, int desired) {}

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
