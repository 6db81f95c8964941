package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Publishes a group's metrics once a second: its sizes, and the CPU utilisation of its warmed instances. */
final class GroupMetrics {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScalingGroupSpec spec;
    private final MetricStore store;
    private Instant aggregatedUntil;
    private Instant sized = Instant.MIN;

    GroupMetrics(ScalingGroupSpec spec, MetricStore store, Instant start) {
        this.spec = spec;
        this.store = store;
        this.aggregatedUntil = MetricStore.publishedUntil(start);
    }

    /** Sizes of a group at one time. */
    record Sizes(int desired, int inService, int pending, int total) {}

    /** Publishes the sizes, at most once in a second. */
    void publish(Sizes sizes, Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        if (!second.isAfter(sized)) {
            return;
        }
        sized = second;
        put("GroupMinSize", spec.min(), second);
        put("GroupMaxSize", spec.max(), second);
        put("GroupDesiredCapacity", sizes.desired(), second);
        put("GroupInServiceInstances", sizes.inService(), second);
        put("GroupPendingInstances", sizes.pending(), second);
        put("GroupTotalInstances", sizes.total(), second);
    }

    private void put(String metric, int value, Instant at) {
        MetricKey key =
                new MetricKey("AWS/AutoScaling", metric, new TreeMap<>(Map.of("AutoScalingGroupName", spec.name())));
        store.put(key, at, value, 1, "None");
    }

    /**
     * Copies each instance's CPU utilisation of the seconds since the last time to the group's metric.
     *
     * @param counts whether an instance counted in the second that begins at a time
     * @param until end of the seconds to copy
     */
    void aggregate(Collection<String> instances, BiPredicate<String, Instant> counts, Instant until) {
        for (String instance : instances) {
            MetricKey key = new MetricKey("AWS/EC2", "CPUUtilization", new TreeMap<>(Map.of("InstanceId", instance)));
            List<Datapoint> points = store.datapoints(key, Statistic.AVERAGE, aggregatedUntil, until, SECOND);
            for (Datapoint point : points) {
                if (counts.test(instance, point.at())) {
                    store.put(TargetTracking.groupCpu(spec.name()), point.at(), point.value(), 1, "Percent");
                }
            }
        }
        aggregatedUntil = until.isAfter(aggregatedUntil) ? until : aggregatedUntil;
    }
}
