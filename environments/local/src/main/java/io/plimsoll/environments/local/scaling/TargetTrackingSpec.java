package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * A target-tracking policy.
 *
 * @param name its name
 * @param enabled whether it acts
 * @param metric the metric to hold
 * @param target value to hold it at, in the metric's unit, > 0
 * @param scaleOutDatapoints breaching periods in a row until the high alarm, >= 1
 * @param scaleInDatapoints breaching periods in a row until the low alarm, >= 1
 * @param scalesIn whether it may also end instances
 * @param warmUp from being in service until an instance counts; empty for the group's default
 */
public record TargetTrackingSpec(
        String name,
        boolean enabled,
        TrackedMetric metric,
        double target,
        int scaleOutDatapoints,
        int scaleInDatapoints,
        boolean scalesIn,
        Optional<Duration> warmUp)
        implements PolicySpec {
    public TargetTrackingSpec {
        PolicySpec.require(target > 0 && Double.isFinite(target), name, "target must be > 0 and finite, was " + target);
        PolicySpec.require(
                scaleOutDatapoints >= 1 && scaleInDatapoints >= 1,
                name,
                "datapoints to alarm must be >= 1, were " + scaleOutDatapoints + " (out) and " + scaleInDatapoints
                        + " (in)");
    }

    @Override
    public String type() {
        return "TargetTrackingScaling";
    }
}
