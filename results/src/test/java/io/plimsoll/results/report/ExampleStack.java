package io.plimsoll.results.report;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** The stack of {@link ExampleRun}. */
final class ExampleStack {
    private static final Random RANDOM = new Random(11);
    private static final List<String> INSTANCES = List.of("i-0aa1", "i-0bb2", "i-0cc3");
    private static final int[] IN_SERVICE = {0, 46, 58};

    private ExampleStack() {}

    static Topology topology() {
        List<Resource> resources = new ArrayList<>();
        resources.add(Resource.of(ResourceKind.LOAD_BALANCER, "app/plimsoll-lb/1", Map.of("scheme", "internal")));
        resources.add(Resource.of(ResourceKind.TARGET_GROUP, "targetgroup/plimsoll-app/1", Map.of("port", "8080")));
        resources.add(Resource.of(ResourceKind.SCALING_GROUP, "plimsoll-app", Map.of("min", "1", "max", "3")));
        for (int i = 0; i < INSTANCES.size(); i++) {
            resources.add(new Resource(
                    ResourceKind.INSTANCE,
                    INSTANCES.get(i),
                    Optional.of(ExampleRun.at(IN_SERVICE[i] - 6.0)),
                    Optional.empty(),
                    new TreeMap<>(Map.of("type", "local.small", "zone", i % 2 == 0 ? "us-east-1a" : "us-east-1b"))));
        }
        resources.add(Resource.of(ResourceKind.DATABASE, "plimsoll-db", Map.of("engine", "mariadb 11.4.5")));
        resources.add(Resource.of(ResourceKind.REPLICA, "plimsoll-db-replica-1", Map.of("source", "plimsoll-db")));
        resources.add(Resource.of(ResourceKind.CACHE, "plimsoll-cache", Map.of("engine", "redis 7")));
        return new Topology(resources);
    }

    static synchronized List<Series> series() {
        RANDOM.setSeed(11);
        List<Series> series = new ArrayList<>();
        series.add(of("instances in service", "plimsoll-app", ExampleRun::instances));
        series.add(of("desired capacity", "plimsoll-app", s -> s < 40 ? 1 : s < 52 ? 2 : 3));
        for (int i = 0; i < INSTANCES.size(); i++) {
            int born = IN_SERVICE[i];
            boolean silent = i == 0;
            series.add(series(
                    "host cpu",
                    INSTANCES.get(i),
                    second -> second >= born && !(silent && second >= 70 && second < 76),
                    second -> Math.min(99, 100 * rate(second) / (135 * ExampleRun.instances(second)) + noise(6))));
        }
        series.add(of("replica lag", "plimsoll-db-replica-1", s -> RANDOM.nextInt(12) == 0 ? 1 : 0));
        series.add(of("cache hits", "plimsoll-cache", s -> Math.floor(rate(s) * Math.min(0.94, 0.4 + s / 60.0))));
        series.add(of(
                "cache misses", "plimsoll-cache", s -> Math.ceil(rate(s) * (1 - Math.min(0.94, 0.4 + s / 60.0)))));
        series.add(of("load balancer requests", "app/plimsoll-lb/1", s -> Math.round(rate(s))));
        series.add(
                series("load balancer 5xx", "app/plimsoll-lb/1", s -> s >= 37 && s < 46, s -> 3 + RANDOM.nextInt(8)));
        series.add(of("database cpu", "plimsoll-db", s -> 10 + rate(s) / 20 + noise(3)));
        series.sort(Comparator.comparing(Series::name).thenComparing(Series::resource));
        return series;
    }

    private static double rate(int second) {
        return second < 30 ? 80 : second < 40 ? 80 + 24 * (second - 30) : 320;
    }

    private static double noise(double width) {
        return width * (RANDOM.nextDouble() - 0.5);
    }

    private static Series of(String name, String resource, IntToDoubleFunction value) {
        return series(name, resource, second -> true, value);
    }

    static Series series(String name, String resource, IntPredicate there, IntToDoubleFunction value) {
        MetricDefinition metric = MetricCatalogue.named(name).orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < ExampleRun.SECONDS; second++) {
            if (there.test(second)) {
                samples.add(new Sample(ExampleRun.at(second), value.applyAsDouble(second)));
            }
        }
        return new Series(
                name,
                metric.kind(),
                resource,
                new Origin(
                        metric.namespace(),
                        metric.metric(),
                        new TreeMap<>(Map.of(metric.dimensions().get(0), resource)),
                        metric.statistic(),
                        "us-east-1"),
                metric.unit(),
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }

    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(alarm(39, "OK", "ALARM"));
        launch(events, "i-0bb2", 40, 44.5, 46);
        launch(events, "i-0cc3", 52, 56.5, 58);
        events.add(alarm(66, "ALARM", "OK"));
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private static Event alarm(double at, String from, String to) {
        return new Event(
                ExampleRun.at(at),
                Event.Kind.ALARM,
                "TargetTracking-plimsoll-app-AlarmHigh",
                "Alarm updated from " + from + " to " + to,
                new TreeMap<>(
                        Map.of("from", from, "to", to, "reason", "3 datapoints were above the threshold (50.0)")));
    }

    private static void launch(List<Event> events, String instance, double begun, double ended, double healthy) {
        Instant end = ExampleRun.at(ended);
        events.add(new Event(
                ExampleRun.at(begun),
                Event.Kind.SCALING_ACTIVITY,
                "plimsoll-app",
                "Launching a new EC2 instance: " + instance,
                new TreeMap<>(Map.of(
                        "activity",
                        "Launching a new EC2 instance: " + instance,
                        "status",
                        "Successful",
                        "cause",
                        "a monitor alarm in state ALARM triggered the policy",
                        "end",
                        end.toString(),
                        "instance",
                        instance))));
        events.add(new Event(
                ExampleRun.at(healthy),
                Event.Kind.TARGET_HEALTH,
                instance,
                instance + " became healthy",
                new TreeMap<>(Map.of(
                        "from", "initial",
                        "to", "healthy",
                        "target-group", "plimsoll-app",
                        "within-seconds", "0.5"))));
    }
}
