package io.plimsoll.assertions;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A healthy run to be changed: warm-up of 20 s at 10 /s, ramp of 20 s to 30 /s, steady of 60 s at 30 /s; instance {@code
 * i-2} is launched 27 s after the start and healthy at 33 s. Every request takes 100 ms, every tenth is a write.
 */
public final class ExampleRun {
    public static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
    public static final int SECONDS = 100;
    public static final LoadPlan PLAN = new LoadPlan(
            "ramp",
            List.of(phase("warm-up", 0, 20, 10, 10), phase("ramp", 20, 40, 10, 30), phase("steady", 40, 100, 30, 30)),
            new TreeMap<>(Map.of("load-step", at(20))));
    public static final RunFacts.InjectorHealth INJECTOR = new RunFacts.InjectorHealth(2, 0.3, 0.5, 0.6, 20, 40, 10);

    private ExampleRun() {}

    public static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    private static Phase phase(String name, int from, int to, double fromRate, double toRate) {
        return new Phase(name, new TimeWindow(at(from), at(to)), fromRate, toRate);
    }

    public static Evidence healthy() {
        return of(facts(), client());
    }

    public static Evidence of(RunFacts facts, RequestHistograms client) {
        return new Evidence(facts, topology(), client, integrity(client), series(), events(), List.of());
    }

    public static Evidence of(RequestHistograms client) {
        return of(facts(), client);
    }

    public static RunFacts facts() {
        return new Facts().build();
    }

    /** Facts of a run, to be replaced one by one. */
    public static final class Facts {
        public RunFacts.State state = RunFacts.State.COMPLETE;
        public double timeScale = 1;
        public Optional<LoadPlan> plan = Optional.of(PLAN);
        public Optional<RunFacts.InjectorHealth> injector = Optional.of(INJECTOR);
        public Optional<RunFacts.ClockOffset> clockOffset = Optional.of(new RunFacts.ClockOffset(3, 5));
        public Optional<RunFacts.Collection> collection = Optional.of(collection());

        public RunFacts build() {
            String reason = state == RunFacts.State.ABORTED ? "the environment did not start" : "";
            return new RunFacts(
                    RunFacts.FORMAT,
                    "a-run",
                    state,
                    reason,
                    "local",
                    "auto-scaled",
                    "http://127.0.0.1:1",
                    timeScale,
                    new TreeMap<>(),
                    START,
                    Optional.of(at(SECONDS)),
                    plan,
                    injector,
                    clockOffset,
                    collection,
                    new TreeMap<>(),
                    new TreeMap<>());
        }
    }

    public static RunFacts.Collection collection(String... problems) {
        return new RunFacts.Collection(new TreeMap<>(), 20, 0.0002, true, List.of(problems));
    }

    /** Requests as planned, each second's spread by {@code millis}. */
    public static RequestHistograms client() {
        return client(new RequestHistograms.Builder(), 0, SECONDS, 100).build();
    }

    /** Adds what the plan offers from one second to another, all OK and equally fast. */
    public static RequestHistograms.Builder client(
            RequestHistograms.Builder builder, int fromSecond, int toSecond, int millis) {
        int sent = 0;
        for (int second = fromSecond; second < toSecond; second++) {
            int rate = second < 20 ? 10 : second < 40 ? second - 10 + second % 2 : 30;
            for (int i = 0; i < rate; i++) {
                builder.record(sent++ % 10 == 9 ? "write" : "read", RequestOutcome.OK, sent(second), millis);
            }
        }
        return builder;
    }

    public static long sent(double second) {
        return at(second).toEpochMilli();
    }

    public static LogIntegrity integrity(RequestHistograms client) {
        long count = client.count(Set.of(), EnumSet.allOf(RequestOutcome.class), client.span());
        return new LogIntegrity(count, count, count, 0, List.of());
    }

    public static Topology topology() {
        List<Resource> resources = new ArrayList<>();
        resources.add(Resource.of(ResourceKind.LOAD_BALANCER, "lb", Map.of()));
        resources.add(Resource.of(ResourceKind.TARGET_GROUP, "tg", Map.of()));
        resources.add(Resource.of(ResourceKind.SCALING_GROUP, "group", Map.of()));
        resources.add(instance("i-1", Optional.of(at(-30)), Optional.empty()));
        resources.add(instance("i-2", Optional.of(at(27)), Optional.empty()));
        resources.add(Resource.of(ResourceKind.DATABASE, "db", Map.of()));
        resources.add(Resource.of(ResourceKind.REPLICA, "replica-1", Map.of()));
        resources.add(Resource.of(ResourceKind.REPLICA, "replica-2", Map.of()));
        resources.add(Resource.of(ResourceKind.CACHE, "cache", Map.of()));
        return new Topology(resources);
    }

    public static Resource instance(String id, Optional<Instant> from, Optional<Instant> until) {
        return new Resource(ResourceKind.INSTANCE, id, from, until, new TreeMap<>());
    }

    public static List<Series> series() {
        List<Series> all = new ArrayList<>();
        for (Resource resource : topology().resources()) {
            for (MetricDefinition metric : MetricCatalogue.all()) {
                if (metric.kind() == resource.kind()) {
                    all.add(series(metric.name(), resource.id(), second -> value(metric.name(), second)));
                }
            }
        }
        return all;
    }

    /** NaN stands for no datapoint. */
    private static double value(String metric, int second) {
        return switch (metric) {
            case "load balancer 5xx", "target 5xx", "rejected connections", "target connection errors" -> Double.NaN;
            case "evictions", "unhealthy hosts" -> 0;
            case "replica lag" -> 1;
            case "load balancer requests" -> 30;
            case "cache hits" -> 9;
            case "healthy hosts", "instances in service", "desired capacity" -> second < 33 ? 1 : 2;
            case "host cpu", "group cpu" -> 40;
            default -> 1;
        };
    }

    /** A series of one value a second; NaN leaves one out. */
    public static Series series(String name, String resource, IntToDoubleFunction value) {
        return series(name, resource, Series.Completeness.COMPLETE, "", value);
    }

    public static Series series(
            String name, String resource, Series.Completeness completeness, String note, IntToDoubleFunction value) {
        MetricDefinition metric = MetricCatalogue.named(name).orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            if (!Double.isNaN(value.applyAsDouble(second))) {
                samples.add(new Sample(at(second), value.applyAsDouble(second)));
            }
        }
        Origin origin =
                new Origin(metric.namespace(), metric.metric(), new TreeMap<>(), metric.statistic(), "us-east-1");
        return new Series(
                name,
                metric.kind(),
                resource,
                origin,
                metric.unit(),
                Duration.ofSeconds(1),
                completeness,
                note,
                samples);
    }

    public static List<Event> events() {
        return List.of(
                health(1, "i-1", "absent", "healthy"),
                alarm(25, "AlarmHigh", "OK", "ALARM"),
                launch(27, "i-2", "Successful"),
                health(30, "i-2", "absent", "initial"),
                health(33, "i-2", "initial", "healthy"));
    }

    public static Event alarm(double second, String name, String from, String to) {
        return event(second, Event.Kind.ALARM, "group", name, Map.of("alarm", "tt-" + name, "from", from, "to", to));
    }

    public static Event launch(double second, String instance, String status) {
        String summary = "Launching a new EC2 instance: " + instance;
        return event(
                second, Event.Kind.SCALING_ACTIVITY, "group", summary, Map.of("instance", instance, "status", status));
    }

    public static Event health(double second, String instance, String from, String to) {
        return event(
                second,
                Event.Kind.TARGET_HEALTH,
                instance,
                "health",
                Map.of("from", from, "to", to, "target-group", "tg", "within-seconds", "0.5"));
    }

    public static Event event(
            double second, Event.Kind kind, String resource, String summary, Map<String, String> details) {
        return new Event(at(second), kind, resource, summary, new TreeMap<>(details));
    }

    /** Replaces the series of the same metric and resource. */
    public static Evidence with(Evidence evidence, Series replacement) {
        return withSeries(evidence, series -> {
            List<Series> changed = new ArrayList<>(series);
            changed.removeIf(one ->
                    one.name().equals(replacement.name()) && one.resource().equals(replacement.resource()));
            changed.add(replacement);
            return changed;
        });
    }

    public static Evidence withSeries(Evidence run, UnaryOperator<List<Series>> change) {
        return new Evidence(
                run.facts(),
                run.topology(),
                run.client(),
                run.integrity(),
                change.apply(run.series()),
                run.events(),
                run.faults());
    }

    public static Evidence withEvents(Evidence run, List<Event> events) {
        return new Evidence(
                run.facts(), run.topology(), run.client(), run.integrity(), run.series(), events, run.faults());
    }

    public static Evidence withTopology(Evidence run, List<Resource> resources) {
        return new Evidence(
                run.facts(),
                new Topology(resources),
                run.client(),
                run.integrity(),
                run.series(),
                run.events(),
                run.faults());
    }

    public static Evidence withFacts(Evidence run, RunFacts facts) {
        return new Evidence(
                facts, run.topology(), run.client(), run.integrity(), run.series(), run.events(), run.faults());
    }

    public static Evidence withClient(Evidence run, RequestHistograms client) {
        return new Evidence(
                run.facts(), run.topology(), client, run.integrity(), run.series(), run.events(), run.faults());
    }

    public static Evidence withIntegrity(Evidence run, LogIntegrity integrity, String... faults) {
        return new Evidence(
                run.facts(), run.topology(), run.client(), integrity, run.series(), run.events(), List.of(faults));
    }
}
