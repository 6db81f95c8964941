package io.plimsoll.environments.local.balancer;

import java.time.Duration;

/**
 * How a target group checks its targets and lets them go.
 *
 * @param interval time between two checks of one target
 * @param timeout a check without an answer for so long has failed
 * @param healthyThreshold successes in a row until an unhealthy target is healthy
 * @param unhealthyThreshold failures in a row until a healthy target is unhealthy
 * @param deregistrationDelay how long a deregistered target drains
 */
public record HealthChecks(
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold,
        Duration deregistrationDelay) {}
