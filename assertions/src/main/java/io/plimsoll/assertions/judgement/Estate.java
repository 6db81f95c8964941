package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was deployed, with what was measured of it.
 *
 * <p>A resource is expected to have a datapoint for every period of the window in which it existed. The first and last
 * {@value #GRACE_PERIODS} periods of a resource that came or went meanwhile are left out, whether published or not, since
 * no source publishes whole periods from the first moment on.
 */
final class Estate {
    /** Periods after a resource's start and before its end in which it need not publish. */
    static final int GRACE_PERIODS = 5;

    private final Topology topology;
    private final Map<String, Series> series = new HashMap<>();
    /** The longest period of each metric, by its name. */
    private final Map<String, Duration> periods = new HashMap<>();

    Estate(Topology topology, List<Series> series) {
        this.topology = topology;
        series.forEach(one -> {
            this.series.putIfAbsent(key(one.name(), one.resource()), one);
            periods.merge(one.name(), one.period(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        });
    }

    private static String key(String metric, String resource) {
        return metric + "\n" + resource;
    }

    /** What was measured of a resource, if anything. */
    Optional<Series> series(MetricDefinition metric, Resource resource) {
        return series(metric.name(), resource);
    }

    /** What was measured of a resource, if anything. */
    Optional<Series> series(String metric, Resource resource) {
        return Optional.ofNullable(series.get(key(metric, resource.id())));
    }

    /**
     * A metric that resources of another kind have: of these the first by id. It can prove that metrics were published while a
     * resource had none, as of a zone without any target.
     */
    Optional<Series> elsewhere(String metric, ResourceKind kind) {
        return series.values().stream()
                .filter(one -> one.name().equals(metric) && one.kind() != kind)
                .min(Comparator.comparing(Series::resource));
    }

    /** Resources of a kind that existed in the window for longer than the periods that are not expected of them. */
    List<Resource> existing(ResourceKind kind, TimeWindow window) {
        Duration period = period(kind);
        return topology.of(kind).stream()
                .filter(resource -> !Coverage.periods(expected(resource, window, period), period)
                        .isEmpty())
                .toList();
    }

    /** The shortest period in which a kind of resource is measured; a second if it is not. */
    Duration period(ResourceKind kind) {
        return series.values().stream()
                .filter(one -> one.kind() == kind)
                .map(Series::period)
                .min(Duration::compareTo)
                .orElse(Duration.ofSeconds(1));
    }

    /** The longest period in which a metric is published; empty if nothing of it was gathered. */
    Optional<Duration> period(MetricDefinition metric) {
        return Optional.ofNullable(periods.get(metric.name()));
    }

    /** Those whose id, or one of whose facts, is a word; all if none is asked for. */
    static List<Resource> selected(List<Resource> resources, Optional<String> word) {
        return word.map(wanted -> resources.stream()
                        .filter(resource ->
                                resource.id().equals(wanted) || resource.facts().containsValue(wanted))
                        .toList())
                .orElse(resources);
    }

    /** Everything by which resources of a kind can be selected, as an error lists it. */
    String selectable(ResourceKind kind) {
        return topology.of(kind).stream()
                .flatMap(resource -> Stream.concat(
                        Stream.of(resource.id()),
                        Stream.ofNullable(resource.facts().get("tier"))))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** The part of a window in which a resource must have been measured. */
    static TimeWindow expected(Resource resource, TimeWindow window, Duration period) {
        Duration grace = period.multipliedBy(GRACE_PERIODS);
        Instant start = resource.existedFrom()
                .map(from -> later(from.plus(grace), window.start()))
                .orElse(window.start());
        Instant end = resource.existedUntil()
                .map(until -> earlier(until.minus(grace), window.end()))
                .orElse(window.end());
        return new TimeWindow(start, later(start, end));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
