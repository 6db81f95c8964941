package io.plimsoll.environments.local.descriptor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The stack to start, as {@link StackDescriptorReader} has read and checked it.
 *
 * @param region AWS region that its AWS endpoint answers for
 * @param stage architecture it is started as
 * @param zones availability zones, at least one
 * @param service the reference service
 * @param balancer the load balancer in front of it
 * @param group the auto-scaling group of its instances
 * @param database primary and replicas
 * @param cache the cache cluster
 * @param faults what is broken on purpose
 * @param binaries where server binaries are, if not on the class path
 */
public record StackDescriptor(
        String region,
        String stage,
        List<String> zones,
        Service service,
        Balancer balancer,
        Group group,
        Database database,
        Cache cache,
        Faults faults,
        Binaries binaries) {
    public StackDescriptor {
        zones = List.copyOf(zones);
    }

    /**
     * An instance type.
     *
     * @param name such as {@code local.small}
     * @param vcpus virtual CPUs, > 0
     * @param memoryBytes the most heap its process may use
     */
    public record InstanceType(String name, double vcpus, long memoryBytes) {}

    /**
     * The reference service.
     *
     * @param readCost virtual CPU time of a read
     * @param writeCost virtual CPU time of a write
     * @param queueLimit work that would wait longer for the virtual CPU is answered 503
     * @param items rows present at the start, with ids from 1
     */
    public record Service(Duration readCost, Duration writeCost, Duration queueLimit, int items) {}

    /**
     * The load balancer and its target group.
     *
     * @param name name of the load balancer
     * @param targetGroup name of the target group
     * @param healthCheckInterval time between two checks of one target
     * @param healthCheckTimeout a check without an answer for so long has failed
     * @param healthyThreshold successes in a row until an unhealthy target is healthy
     * @param unhealthyThreshold failures in a row until a healthy target is unhealthy
     * @param deregistrationDelay how long a deregistered target drains
     */
    public record Balancer(
            String name,
            String targetGroup,
            Duration healthCheckInterval,
            Duration healthCheckTimeout,
            int healthyThreshold,
            int unhealthyThreshold,
            Duration deregistrationDelay) {}

    /**
     * The auto-scaling group.
     *
     * @param name its name
     * @param type type of its instances
     * @param min fewest instances
     * @param max most instances
     * @param desired instances at the start, within [min, max]
     * @param warmUp an instance counts in the group's metric only after it
     * @param policy how it scales
     */
    public record Group(
            String name, InstanceType type, int min, int max, int desired, Duration warmUp, TargetTracking policy) {}

    /**
     * A target-tracking policy.
     *
     * @param metric predefined metric type
     * @param target value to hold, in the metric's unit
     * @param scaleOutDatapoints breaching periods in a row until the high alarm
     * @param scaleInDatapoints breaching periods in a row until the low alarm
     */
    public record TargetTracking(String metric, double target, int scaleOutDatapoints, int scaleInDatapoints) {}

    /**
     * The database.
     *
     * @param id identifier of the primary; replicas are {@code <id>-replica-1} and on
     * @param replicas number of read replicas
     */
    public record Database(String id, int replicas) {}

    /**
     * The cache.
     *
     * @param id cache cluster id
     * @param maxMemoryBytes beyond this the least recently used keys are evicted
     */
    public record Cache(String id, long maxMemoryBytes) {}

    /**
     * What is broken on purpose.
     *
     * @param replicaDelay how far every replica is held back; zero for not at all
     * @param replicaStopped whether every replica's SQL thread is stopped
     * @param refuse AWS operations that the endpoint denies
     */
    public record Faults(Duration replicaDelay, boolean replicaStopped, List<String> refuse) {
        public Faults {
            refuse = List.copyOf(refuse);
        }
    }

    /**
     * Server binaries to use instead of those on the class path.
     *
     * @param mariadbd MariaDB's server
     * @param redisServer Redis' server
     */
    public record Binaries(Optional<Path> mariadbd, Optional<Path> redisServer) {}
}
