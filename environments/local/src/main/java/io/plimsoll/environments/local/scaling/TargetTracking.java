package io.plimsoll.environments.local.scaling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Target tracking of a metric: two alarms, and the capacity that would bring the metric to the target.
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

    /** The policy's alarms: the high one, and the low one if it may scale in. */
    static List<AlarmSpec> alarms(String group, TargetTrackingSpec policy, Duration period, String action) {
        AlarmSpec high = alarm(
                group,
                policy,
                period,
                "AlarmHigh",
                policy.scaleOutDatapoints(),
                Comparison.GREATER_THAN,
                policy.target(),
                action);
        if (!policy.scalesIn()) {
            return List.of(high);
        }
        double threshold = Math.round(policy.target() * LOW_RATIO * 1e6) / 1e6;
        return List.of(
                high,
                alarm(
                        group,
                        policy,
                        period,
                        "AlarmLow",
                        policy.scaleInDatapoints(),
                        Comparison.LESS_THAN,
                        threshold,
                        action));
    }

    private static AlarmSpec alarm(
            String group,
            TargetTrackingSpec policy,
            Duration period,
            String which,
            int datapoints,
            Comparison comparison,
            double threshold,
            String action) {
        String name = "TargetTracking-" + group + "-" + which + "-";
        UUID id = UUID.nameUUIDFromBytes((name + policy.name()).getBytes(StandardCharsets.UTF_8));
        return new AlarmSpec(
                name + id,
                Optional.of("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + action + "."),
                policy.metric().key(),
                policy.metric().statistic(),
                period,
                datapoints,
                datapoints,
                comparison,
                threshold,
                MissingData.MISSING,
                AlarmActions.onAlarm(action));
    }

    /**
     * The capacity at which the metric would be the target, before the group's bounds.
     *
     * @param measured instances that the value is a mean of
     * @param value the metric's
     */
    static long capacity(TargetTrackingSpec policy, int measured, double value) {
        return (long) Math.ceil(measured * value / policy.target() - ROUNDING);
    }
}
