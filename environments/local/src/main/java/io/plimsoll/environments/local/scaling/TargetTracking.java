package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Arns;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A target-tracking policy on the group's average CPU utilisation (ASGAverageCPUUtilization). Two alarms belong to it:
 * the high one when the metric is above the target, the low one when it is below 90 % of it, as Auto Scaling makes them.
 *
 * @param targetPercent average CPU utilisation to hold, in (0, 100]
 * @param scaleOutDatapoints breaching periods in a row until the high alarm, >= 1
 * @param scaleInDatapoints breaching periods in a row until the low alarm, >= 1
 */
public record TargetTracking(double targetPercent, int scaleOutDatapoints, int scaleInDatapoints) {
    private static final double LOW_SHARE_OF_TARGET = 0.9;
    /** Keeps a quotient that is a whole number from being rounded up for the last bit of a floating-point number. */
    private static final double ROUNDING = 1e-9;

    public TargetTracking {
        if (!(targetPercent > 0 && targetPercent <= 100)) {
            throw new IllegalArgumentException("target tracking: target must be in (0, 100] %, was " + targetPercent);
        }
        if (scaleOutDatapoints < 1 || scaleInDatapoints < 1) {
            throw new IllegalArgumentException("target tracking: datapoints to alarm must be >= 1, were "
                    + scaleOutDatapoints + " (out) and " + scaleInDatapoints + " (in)");
        }
    }

    /** Name of a group's policy. */
    static String policyName(String group) {
        return group + "-target-tracking";
    }

    AlarmSpec highAlarm(String group, Duration period) {
        return alarm(group, "AlarmHigh", period, scaleOutDatapoints, Comparison.GREATER_THAN, targetPercent);
    }

    AlarmSpec lowAlarm(String group, Duration period) {
        double threshold = targetPercent * LOW_SHARE_OF_TARGET;
        return alarm(group, "AlarmLow", period, scaleInDatapoints, Comparison.LESS_THAN, threshold);
    }

    private static AlarmSpec alarm(
            String group, String which, Duration period, int datapoints, Comparison comparison, double threshold) {
        return new AlarmSpec(
                "TargetTracking-" + group + "-" + which + "-" + Arns.uuid(group + " " + which),
                new MetricKey("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("AutoScalingGroupName", group))),
                Statistic.AVERAGE,
                period,
                datapoints,
                datapoints,
                comparison,
                threshold,
                MissingData.MISSING);
    }

    /**
     * Capacity wanted after the high alarm: what the warm instances would need, but never less than now. Instances that
     * still warm up are in {@code desired} and thereby count as capacity already added.
     *
     * @param desired capacity wanted so far
     * @param warm instances whose utilisation is in the metric
     * @param metricPercent the group's average utilisation
     */
    int afterHighAlarm(int desired, int warm, double metricPercent, ScalingGroupSpec bounds) {
        return Math.min(bounds.max(), Math.max(desired, needed(warm, metricPercent)));
    }

    /** Capacity wanted after the low alarm, when no instance is warming up: never more than now. */
    int afterLowAlarm(int desired, int warm, double metricPercent, ScalingGroupSpec bounds) {
        return Math.max(bounds.min(), Math.min(desired, needed(warm, metricPercent)));
    }

    private int needed(int warm, double metricPercent) {
        return (int) Math.ceil(warm * metricPercent / targetPercent - ROUNDING);
    }
}
