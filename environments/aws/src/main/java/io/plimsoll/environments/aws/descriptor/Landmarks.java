package io.plimsoll.environments.aws.descriptor;

import java.util.Optional;

/**
 * The names from which everything else is discovered; at least one.
 *
 * @param loadBalancer name of an application load balancer
 * @param database identifier of the primary RDS instance
 * @param cache id of an ElastiCache cluster or replication group
 */
public record Landmarks(Optional<String> loadBalancer, Optional<String> database, Optional<String> cache) {
    public Landmarks {
        if (loadBalancer.isEmpty() && database.isEmpty() && cache.isEmpty()) {
            throw new IllegalArgumentException("find: must name a load balancer, a database or a cache");
        }
    }
}
