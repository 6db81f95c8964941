package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Series that follow from what was observed. They are pure functions of it. */
public final class DerivedSeries {
    private static final Pattern TARGET = Pattern.compile("keeps ASGAverageCPUUtilization at ([0-9.]+)");
    private static final Pattern SECOND = Pattern.compile("(\\d{1,12}):(\\d{1,9})");
    private static final Set<ResourceKind> STORES =
            Set.of(ResourceKind.DATABASE, ResourceKind.REPLICA, ResourceKind.SHARD, ResourceKind.VOLUME);
    private static final Set<ResourceKind> BUCKETS = Set.of(ResourceKind.BUCKET);
    private static final String UNENCRYPTED_STORES = "unencrypted stores";
    private static final String UNENCRYPTED_BUCKETS = "unencrypted buckets";
    private static final String ENCRYPTED = "encrypted";
    private static final String ALGORITHM = "encryption";

    private DerivedSeries() {}

    /** Names of the metrics that can be derived of a stack. */
    static Set<String> names(Topology topology) {
        Set<String> names = new TreeSet<>();
        boolean targets = topology.of(ResourceKind.SCALING_GROUP).stream()
                .anyMatch(group -> target(group).isPresent());
        if (targets) {
            names.add("ideal instances");
        }
        if (!topology.of(ResourceKind.SCALING_GROUP).isEmpty()) {
            names.add("drifted hosts");
        }
        if (!topology.of(ResourceKind.LOG_GROUP).isEmpty()) {
            names.add("log errors");
        }
        if (!stores(topology, STORES).isEmpty()) {
            names.add(UNENCRYPTED_STORES);
        }
        if (!stores(topology, BUCKETS).isEmpty()) {
            names.add(UNENCRYPTED_BUCKETS);
        }
        return names;
    }

    /**
     * All that can be derived.
     *
     * @param topology the stack
     * @param observed what was measured of it
     * @param events what happened to it
     * @param unseen what could not be looked at, one sentence each
     * @param window when
     */
    public static List<Series> of(
            Topology topology, List<Series> observed, List<Event> events, List<String> unseen, TimeWindow window) {
        List<Series> derived = new ArrayList<>();
        for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
            ideal(group, observed).ifPresent(derived::add);
            HostDrift.of(group, topology, window).ifPresent(derived::add);
        }
        if (unseen.stream().noneMatch(sentence -> sentence.startsWith("log errors"))) {
            topology.of(ResourceKind.LOG_GROUP).forEach(group -> derived.add(logErrors(group, events, window)));
        }
        unencrypted(UNENCRYPTED_STORES, STORES, topology, window).ifPresent(derived::add);
        unencrypted(UNENCRYPTED_BUCKETS, BUCKETS, topology, window).ifPresent(derived::add);
        return List.copyOf(derived);
    }

    /**
     * The instances that the work of each moment needs at the group's own CPU target: {@code max(minimum, ceil(mean CPU ×
     * instances / target))}. What is above it is headroom that was paid for.
     */
    private static Optional<Series> ideal(Resource group, List<Series> observed) {
        OptionalDouble target = target(group);
        Optional<Series> cpu = find("group cpu", group.id(), observed);
        Optional<Series> inService = find("instances in service", group.id(), observed);
        if (target.isEmpty() || cpu.isEmpty() || inService.isEmpty()) {
            return Optional.empty();
        }
        double least = Double.parseDouble(group.facts().getOrDefault("min", "0"));
        Map<Instant, Double> counts = new HashMap<>();
        inService.get().samples().forEach(sample -> counts.put(sample.start(), sample.value()));
        Seconds ideal = Seconds.maxima();
        for (Sample sample : cpu.get().samples()) {
            Double instances = counts.get(sample.start());
            if (instances != null) {
                double needed = Math.ceil(sample.value() * instances / target.getAsDouble() - 1e-9);
                ideal.add(sample.start(), Math.max(least, needed));
            }
        }
        return Optional.of(ideal.series("ideal instances", group.id(), cpu.get().period()));
    }

    private static OptionalDouble target(Resource group) {
        return group.facts().values().stream()
                .map(TARGET::matcher)
                .filter(Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .findFirst();
    }

    /** Error lines of a log group. */
    private static Series logErrors(Resource group, List<Event> events, TimeWindow window) {
        Seconds lines = Seconds.sums();
        everySecond(window, lines::alive);
        events.stream()
                .filter(event -> event.kind() == Event.Kind.LOG_ERRORS
                        && event.resource().equals(group.id()))
                .flatMap(event -> SECOND.matcher(event.details().getOrDefault(Event.BY_SECOND, ""))
                        .results())
                .forEach(found -> lines.add(
                        Instant.ofEpochSecond(Long.parseLong(found.group(1))), Double.parseDouble(found.group(2))));
        return lines.series("log errors", group.id());
    }

    private static void everySecond(TimeWindow window, Consumer<Instant> each) {
        for (Instant at = window.start(); at.isBefore(window.end()); at = at.plusSeconds(1)) {
            each.accept(at);
        }
    }

    /** How many stores of these kinds are not encrypted at rest; none if no store says anything. */
    private static Optional<Series> unencrypted(
            String name, Set<ResourceKind> kinds, Topology topology, TimeWindow window) {
        List<Resource> stores = stores(topology, kinds);
        if (stores.isEmpty()) {
            return Optional.empty();
        }
        long open = stores.stream().filter(store -> !isEncrypted(store)).count();
        return Optional.of(constant(name, (double) open, window));
    }

    /**
     * A number about the whole run, as a metric of the client with a sample for each second.
     *
     * @param metric catalogue name of the metric
     * @param window the run
     */
    public static Series constant(String metric, double value, TimeWindow window) {
        SortedMap<Instant, Double> seconds = new TreeMap<>();
        Instant first = window.start().truncatedTo(ChronoUnit.SECONDS);
        for (Instant at = first; at.isBefore(window.end()); at = at.plusSeconds(1)) {
            seconds.put(at, value);
        }
        return Seconds.series(metric, Probes.CLIENT, Duration.ofSeconds(1), seconds);
    }

    /** A bucket names its algorithm, if it has one; a store of another kind says yes or no. */
    private static boolean isEncrypted(Resource store) {
        return store.kind() == ResourceKind.BUCKET
                ? store.facts().containsKey(ALGORITHM)
                : "true".equals(store.facts().get(ENCRYPTED));
    }

    /** Stores of which it is known whether they are encrypted. */
    private static List<Resource> stores(Topology topology, Set<ResourceKind> kinds) {
        return topology.resources().stream()
                .filter(part -> kinds.contains(part.kind())
                        && (part.kind() == ResourceKind.BUCKET || part.facts().containsKey(ENCRYPTED)))
                .toList();
    }

    private static Optional<Series> find(String name, String resource, List<Series> observed) {
        return observed.stream()
                .filter(series ->
                        series.name().equals(name) && series.resource().equals(resource))
                .findFirst();
    }
}
