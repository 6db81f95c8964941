package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Groups over an estate that obeys, on a clock that stands until it is told to go on. */
public final class ScalingRig {
    private static final Duration SECOND = Duration.ofSeconds(1);

    public final VirtualClock clock;
    public final FakeEstate estate;
    public final AutoScaling scaling;
    final Deque<Runnable> launches = new ArrayDeque<>();
    private final MetricStore store;

    public ScalingRig(VirtualClock clock, MetricStore store, FakeEstate estate) {
        this.clock = clock;
        this.store = store;
        this.estate = estate;
        this.scaling = new AutoScaling(store, clock, launches::add);
    }

    /** A policy on the group's CPU: 3 breaching seconds out and 5 in. */
    public static TargetTrackingSpec cpu(double target) {
        return new TargetTrackingSpec(
                "plimsoll-app-cpu-target-tracking",
                true,
                TrackedMetric.predefined(TrackedMetric.CPU, "plimsoll-app", Optional.empty()),
                target,
                3,
                5,
                true,
                Optional.empty());
    }

    public static ScalingGroupSpec group(String name, int min, int max, int desired, PolicySpec... policies) {
        return new ScalingGroupSpec(
                name,
                "local.small",
                List.of(name),
                List.of("us-east-1a", "us-east-1b"),
                min,
                max,
                desired,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                List.of(policies),
                List.of(),
                List.of(),
                SECOND);
    }

    /** Adds a group whose instances are registered with the target group of its name. */
    public ScalingGroup add(ScalingGroupSpec spec) {
        return scaling.add("us-east-1", spec, estate, estate.fleet(spec.name()));
    }

    /** Seconds pass: launches end, targets become healthy, draining ones leave, every instance reports its CPU. */
    public void seconds(int count, double cpuPercent) {
        seconds(count, id -> cpuPercent);
    }

    void seconds(int count, ToDoubleFunction<String> cpuPercent) {
        for (int i = 0; i < count; i++) {
            step(cpuPercent);
            while (!launches.isEmpty()) {
                launches.remove().run();
            }
            estate.allHealthy();
            estate.drained();
        }
    }

    /** A second passes and nothing else happens. */
    void step(double cpuPercent) {
        step(id -> cpuPercent);
    }

    private void step(ToDoubleFunction<String> cpuPercent) {
        for (String id : estate.running()) {
            TreeMap<String, String> dimensions = new TreeMap<>(Map.of("InstanceId", id));
            store.put(
                    "AWS/EC2", "CPUUtilization", dimensions, clock.instant(), cpuPercent.applyAsDouble(id), "Percent");
        }
        clock.advance(SECOND);
        scaling.tick(clock.instant());
    }
}
