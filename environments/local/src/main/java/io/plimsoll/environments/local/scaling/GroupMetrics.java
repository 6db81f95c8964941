package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Publishes a group's metrics once a second: its sizes, and the CPU utilisation of its warmed instances. */
final class GroupMetrics {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String group;
    private final MetricStore store;
    private final Set<String> enabled = new LinkedHashSet<>(ScalingGroup.METRICS);
    private Instant aggregatedUntil;
    private Instant sized = Instant.MIN;

    GroupMetrics(String group, MetricStore store, Instant start) {
        this.group = group;
        this.store = store;
        this.aggregatedUntil = MetricStore.publishedUntil(start);
    }

    /** Sizes of a group at one time. */
    record Sizes(int min, int max, int desired, int inService, int pending, int standby, int terminating) {
        Map<String, Integer> byMetric() {
            Map<String, Integer> values = new LinkedHashMap<>();
            values.put("GroupMinSize", min);
            values.put("GroupMaxSize", max);
            values.put("GroupDesiredCapacity", desired);
            values.put("GroupInServiceInstances", inService);
            values.put("GroupPendingInstances", pending);
            values.put("GroupStandbyInstances", standby);
            values.put("GroupTerminatingInstances", terminating);
            values.put("GroupTotalInstances", inService + pending + standby + terminating);
            return values;
        }
    }

    /** Names of the sizes that are published. */
    List<String> enabled() {
        return List.copyOf(enabled);
    }

    /**
     * Switches sizes on or off.
     *
     * @param metrics their names; none for all
     */
    void enable(Collection<String> metrics, boolean on) {
        for (String metric : metrics) {
            if (!ScalingGroup.METRICS.contains(metric)) {
                throw Refusal.invalid(
                        "Metric '" + metric + "' is not one of " + String.join(", ", ScalingGroup.METRICS));
            }
        }
        Collection<String> named = metrics.isEmpty() ? ScalingGroup.METRICS : metrics;
        if (on) {
            enabled.addAll(named);
        } else {
            enabled.removeAll(Set.copyOf(named));
        }
    }

    /** Publishes the sizes, at most once in a second. */
    void publish(Sizes sizes, Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        if (!second.isAfter(sized)) {
            return;
        }
        sized = second;
        sizes.byMetric().forEach((metric, value) -> {
            if (enabled.contains(metric)) {
                MetricKey key =
                        new MetricKey("AWS/AutoScaling", metric, new TreeMap<>(Map.of("AutoScalingGroupName", group)));
                store.put(key, second, value, 1, "None");
            }
        });
    }

    /**
     * Copies each instance's CPU utilisation of the seconds since the last time to the group's metric.
     *
     * @param counts whether an instance counted in the second that begins at a time
     * @param until end of the seconds to copy
     */
    void aggregate(Collection<String> instances, BiPredicate<String, Instant> counts, Instant until) {
        MetricKey ofGroup = TrackedMetric.ofGroup("CPUUtilization", group);
        for (String instance : instances) {
            MetricKey key = new MetricKey("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("InstanceId", instance)));
            List<Datapoint> points = store.datapoints(key, Statistic.AVERAGE, aggregatedUntil, until, SECOND);
            for (Datapoint point : points) {
                if (counts.test(instance, point.at())) {
                    store.put(ofGroup, point.at(), point.value(), 1, "Percent");
                }
            }
        }
        aggregatedUntil = until.isAfter(aggregatedUntil) ? until : aggregatedUntil;
    }
}
