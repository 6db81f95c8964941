package io.plimsoll.environments.local.estate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The application load balancer and its one target group.
 *
 * @param name its name
 * @param targetGroup name of its target group
 * @param address loopback address it listens on
 * @param port listener port
 * @param created when it started
 * @param zones its availability zones
 * @param healthCheckPath path of the health check
 * @param healthCheckInterval time between two checks of one target
 * @param healthyThreshold successes in a row until healthy
 * @param unhealthyThreshold failures in a row until unhealthy
 * @param deregistrationDelay longest time a draining target keeps its requests
 */
public record BalancerView(
        String name,
        String targetGroup,
        String address,
        int port,
        Instant created,
        List<String> zones,
        String healthCheckPath,
        Duration healthCheckInterval,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration deregistrationDelay) {
    public BalancerView {
        zones = List.copyOf(zones);
    }
}
