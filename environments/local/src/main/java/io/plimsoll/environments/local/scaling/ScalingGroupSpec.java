package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An auto-scaling group with a target-tracking policy on its average CPU utilisation.
 *
 * @param name its name
 * @param instanceType type of its instances
 * @param targetGroups names of the target groups its instances are registered with
 * @param zones availability zones, at least one; instances are spread evenly
 * @param min fewest instances, >= 0
 * @param max most instances, >= max(min, 1)
 * @param desired instances at the start, in [min, max]
 * @param warmUp DefaultInstanceWarmup: from being in service until an instance counts in the group's metric
 * @param targetPercent average CPU utilisation to hold, in (0, 100]
 * @param scaleOutDatapoints breaching periods in a row until the high alarm, >= 1
 * @param scaleInDatapoints breaching periods in a row until the low alarm, >= 1
 * @param period period of both alarms, a positive multiple of 1 s
 */
public record ScalingGroupSpec(
        String name,
        String instanceType,
        List<String> targetGroups,
        List<String> zones,
        int min,
        int max,
        int desired,
        Duration warmUp,
        double targetPercent,
        int scaleOutDatapoints,
        int scaleInDatapoints,
        Duration period) {
    public ScalingGroupSpec {
        targetGroups = List.copyOf(targetGroups);
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
        require(targetPercent > 0 && targetPercent <= 100, name, "target must be in (0, 100] %, was " + targetPercent);
        require(
                scaleOutDatapoints >= 1 && scaleInDatapoints >= 1,
                name,
                "datapoints to alarm must be >= 1, were " + scaleOutDatapoints + " (out) and " + scaleInDatapoints
                        + " (in)");
        require(
                period.compareTo(Duration.ofSeconds(1)) >= 0 && period.equals(period.truncatedTo(ChronoUnit.SECONDS)),
                name,
                "period must be a positive multiple of 1 s, was " + period);
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException("group " + name + ": " + message);
        }
    }
}
