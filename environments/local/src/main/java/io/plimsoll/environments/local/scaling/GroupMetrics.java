package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code AWS/AutoScaling}: a group's sizes, once a second. */
final class GroupMetrics {
    private final ScalingGroupSpec spec;
    private final MetricStore metrics;
    private final SortedMap<String, String> dimensions;

    GroupMetrics(ScalingGroupSpec spec, MetricStore metrics) {
        this.spec = spec;
        this.metrics = metrics;
        this.dimensions = new TreeMap<>(Map.of("AutoScalingGroupName", spec.name()));
    }

    void publish(Instant at, int desired, Roster roster) {
        int inService = roster.count(member -> member.step() == Member.Step.IN_SERVICE);
        int pending = roster.capacity() - inService;
        int terminating = roster.count(member -> !member.counts());
        put(at, "GroupMinSize", spec.min());
        put(at, "GroupMaxSize", spec.max());
        put(at, "GroupDesiredCapacity", desired);
        put(at, "GroupInServiceInstances", inService);
        put(at, "GroupPendingInstances", pending);
        put(at, "GroupTerminatingInstances", terminating);
        put(at, "GroupTotalInstances", inService + pending + terminating);
    }

    private void put(Instant at, String metric, int value) {
        metrics.put("AWS/AutoScaling", metric, dimensions, at, value, "None");
    }
}
