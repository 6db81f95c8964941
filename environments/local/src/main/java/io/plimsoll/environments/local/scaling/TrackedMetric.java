package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metric that a target-tracking policy holds.
 *
 * @param predefined Auto Scaling's PredefinedMetricType; empty for a customized metric
 * @param resourceLabel the label that ALBRequestCountPerTarget is given; else empty
 * @param key the CloudWatch metric
 * @param statistic its statistic of a period
 */
public record TrackedMetric(
        Optional<String> predefined, Optional<String> resourceLabel, MetricKey key, Statistic statistic) {
    /** Average CPU utilisation of the group's warmed instances, in percent. */
    public static final String CPU = "ASGAverageCPUUtilization";

    /** Average bytes an instance of the group received in a period. */
    public static final String NETWORK_IN = "ASGAverageNetworkIn";

    /** Average bytes an instance of the group sent in a period. */
    public static final String NETWORK_OUT = "ASGAverageNetworkOut";

    /** Requests of a period divided by the targets in service. */
    public static final String REQUESTS = "ALBRequestCountPerTarget";

    /** Auto Scaling's predefined metric types. */
    public static final List<String> PREDEFINED = List.of(CPU, NETWORK_IN, NETWORK_OUT, REQUESTS);

    /**
     * A predefined metric.
     *
     * @param type one of {@link #PREDEFINED}
     * @param group name of the policy's group
     * @param resourceLabel {@code app/<name>/<id>/targetgroup/<name>/<id>} for ALBRequestCountPerTarget, else empty
     * @throws IllegalArgumentException if the type is unknown or the label does not fit it
     */
    public static TrackedMetric predefined(String type, String group, Optional<String> resourceLabel) {
        if (type.equals(REQUESTS)) {
            String label = resourceLabel.orElseThrow(
                    () -> new IllegalArgumentException("ResourceLabel must be specified for " + REQUESTS));
            return new TrackedMetric(Optional.of(type), resourceLabel, requestsPerTarget(label), Statistic.SUM);
        }
        String metric = switch (type) {
            case CPU -> "CPUUtilization";
            case NETWORK_IN -> "NetworkIn";
            case NETWORK_OUT -> "NetworkOut";
            default ->
                throw new IllegalArgumentException(
                        "predefined metric type '" + type + "' is not one of " + String.join(", ", PREDEFINED));
        };
        if (resourceLabel.isPresent()) {
            throw new IllegalArgumentException("ResourceLabel is only for " + REQUESTS);
        }
        return new TrackedMetric(Optional.of(type), Optional.empty(), ofGroup(metric, group), Statistic.AVERAGE);
    }

    private static MetricKey requestsPerTarget(String label) {
        int targetGroup = label.indexOf("/targetgroup/");
        if (!label.startsWith("app/") || targetGroup < 0) {
            throw new IllegalArgumentException("ResourceLabel must be app/<load balancer name>/<id>/targetgroup/<target"
                    + " group name>/<id>, was '" + label + "'");
        }
        Map<String, String> dimensions = Map.of(
                "LoadBalancer", label.substring(0, targetGroup), "TargetGroup", label.substring(targetGroup + 1));
        return new MetricKey("AWS/ApplicationELB", "RequestCountPerTarget", new TreeMap<>(dimensions));
    }

    /** A metric of {@code AWS/EC2} under a group's dimension. */
    static MetricKey ofGroup(String metric, String group) {
        return new MetricKey("AWS/EC2", metric, new TreeMap<>(Map.of("AutoScalingGroupName", group)));
    }

    /** Any other metric that falls as capacity grows. */
    public static TrackedMetric customized(MetricKey key, Statistic statistic) {
        return new TrackedMetric(Optional.empty(), Optional.empty(), key, statistic);
    }

    /** Whether its value is a mean over warmed instances alone. */
    boolean isOfWarmInstances() {
        return predefined.filter(CPU::equals).isPresent();
    }
}
