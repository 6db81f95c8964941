package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An auto-scaling group.
 *
 * @param name its name
 * @param instanceType type of its instances
 * @param zones availability zones, at least one; instances are spread evenly
 * @param min fewest instances, >= 0
 * @param max most instances, >= max(min, 1)
 * @param desired instances at the start, in [min, max]
 * @param warmUp DefaultInstanceWarmup: from being in service until an instance counts in the group's metric
 * @param policy how it scales; empty if its size is fixed
 * @param period period of the policy's alarms, a positive multiple of 1 s
 * @param healthCheckGrace HealthCheckGracePeriod: an unhealthy target is not replaced before it is so old
 */
public record ScalingGroupSpec(
        String name,
        String instanceType,
        List<String> zones,
        int min,
        int max,
        int desired,
        Duration warmUp,
        Optional<TargetTracking> policy,
        Duration period,
        Duration healthCheckGrace) {
    public ScalingGroupSpec {
        zones = List.copyOf(zones);
        require(!name.isBlank(), name, "name must not be blank");
        require(!zones.isEmpty(), name, "it needs at least one zone");
        require(
                min >= 0 && max >= Math.max(min, 1),
                name,
                "must have 0 <= min <= max and max >= 1, was [" + min + ", " + max + "]");
        require(
                desired >= min && desired <= max,
                name,
                "desired must be in [" + min + ", " + max + "], was " + desired);
        require(!warmUp.isNegative(), name, "warm-up must be >= 0, was " + warmUp);
        require(
                period.getSeconds() >= 1 && period.getNano() == 0,
                name,
                "period must be a positive multiple of 1 s, was " + period);
        require(!healthCheckGrace.isNegative(), name, "health check grace must be >= 0, was " + healthCheckGrace);
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException("group " + name + ": " + message);
        }
    }
}
