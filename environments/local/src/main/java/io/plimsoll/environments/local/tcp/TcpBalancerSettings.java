package io.plimsoll.environments.local.tcp;

import java.time.Duration;
import java.util.List;

/**
 * A TCP balancer.
 *
 * @param name its name
 * @param targetGroup name of its target group
 * @param zones its availability zones, at least one
 * @param healthCheckInterval time between two checks of one target
 * @param healthCheckTimeout a target that has not accepted a connection after it has failed the check
 * @param healthyThreshold successes in a row until an unhealthy target is healthy, in [1, 10]
 * @param unhealthyThreshold failures in a row until a healthy target is unhealthy, in [1, 10]
 * @param deregistrationDelay how long a deregistered target keeps its connections; then they are reset
 */
public record TcpBalancerSettings(
        String name,
        String targetGroup,
        List<String> zones,
        Duration healthCheckInterval,
        Duration healthCheckTimeout,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration deregistrationDelay) {
    public TcpBalancerSettings {
        zones = List.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException(name + ": a balancer needs at least one zone");
        }
        requireThreshold(name, healthyThreshold);
        requireThreshold(name, unhealthyThreshold);
    }

    private static void requireThreshold(String name, int threshold) {
        if (threshold < 1 || threshold > 10) {
            throw new IllegalArgumentException(name + ": threshold must be in [1, 10], was " + threshold);
        }
    }
}
