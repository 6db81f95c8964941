package io.plimsoll.environments.local.estate;

import java.time.Duration;

/**
 * A target group.
 *
 * @param name its name
 * @param balancer name of the load balancer that sends to it
 * @param healthCheckPath path of the health check; empty for one that only connects
 * @param healthCheckInterval time between two checks of one target
 * @param healthyThreshold successes in a row until healthy
 * @param unhealthyThreshold failures in a row until unhealthy
 * @param deregistrationDelay longest time a draining target keeps its requests
 */
public record TargetGroupView(
        String name,
        String balancer,
        String healthCheckPath,
        Duration healthCheckInterval,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration deregistrationDelay) {}
