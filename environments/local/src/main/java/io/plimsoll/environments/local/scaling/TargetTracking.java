package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Target tracking of a group's average CPU utilisation: two alarms, and the capacity that would bring the average to the
 * target.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html">Target tracking
 *     scaling policies</a>
 */
final class TargetTracking {
    /** The low alarm's threshold as a share of the target. */
    private static final double LOW_RATIO = 0.9;

    /** Below this a quotient counts as the whole number under it: 100 % of 3 instances at a target of 50 % is 6. */
    private static final double ROUNDING = 1e-9;

    private TargetTracking() {}

    static MetricKey groupCpu(String group) {
        return new MetricKey("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("AutoScalingGroupName", group)));
    }

    static AlarmSpec highAlarm(ScalingGroupSpec group) {
        return alarm(group, "AlarmHigh", group.scaleOutDatapoints(), Comparison.GREATER_THAN, group.targetPercent());
    }

    static AlarmSpec lowAlarm(ScalingGroupSpec group) {
        double threshold = Math.round(group.targetPercent() * LOW_RATIO * 1e6) / 1e6;
        return alarm(group, "AlarmLow", group.scaleInDatapoints(), Comparison.LESS_THAN, threshold);
    }

    private static AlarmSpec alarm(
            ScalingGroupSpec group, String which, int datapoints, Comparison comparison, double threshold) {
        String name = "TargetTracking-" + group.name() + "-" + which + "-";
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new AlarmSpec(
                name + id,
                groupCpu(group.name()),
                Statistic.AVERAGE,
                group.period(),
                datapoints,
                datapoints,
                comparison,
                threshold,
                MissingData.MISSING);
    }

    static String policyName(ScalingGroupSpec group) {
        return group.name() + "-cpu-target-tracking";
    }

    /**
     * The capacity at which the average would be the target, within the group's bounds.
     *
     * @param measured instances that the average is of
     * @param averagePercent their average
     */
    static int capacity(ScalingGroupSpec group, int measured, double averagePercent) {
        double exact = measured * averagePercent / group.targetPercent();
        long wanted = (long) Math.ceil(exact - ROUNDING);
        return (int) Math.min(group.max(), Math.max(group.min(), wanted));
    }
}
