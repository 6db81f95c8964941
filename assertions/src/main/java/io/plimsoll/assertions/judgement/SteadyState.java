package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.statistics.ChangePoints;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Whether a phase that is called steady is so: response times, throughput and the number of instances must have seen
 * their last change by the middle of the phase.
 *
 * <p>Changes are found by {@link ChangePoints}, as Barrett et al. (Virtual Machine Warmup Blows Hot and Cold, OOPSLA 2017)
 * tell by change points whether a program has reached its steady state: the last segment must reach far enough back. Here
 * nothing is cut away by it. A phase that is not steady makes its SLOs INCONCLUSIVE, and it is for the load profile to
 * give the stack more time; a harness that chooses the data it judges could choose those that pass.
 */
final class SteadyState {
    /** Name of the phase that must be steady. */
    static final String PHASE = "steady";
    /** Smaller changes of the median response time do not count: a tenth, */
    private static final double LEAST_LATENCY_SHARE = 0.10;
    /** and what a load generator's scheduling can do by itself. */
    private static final double LEAST_LATENCY_SECONDS = 0.010;
    /** Smaller changes of the throughput do not count; the same share may be lacking of what was offered. */
    private static final double LEAST_THROUGHPUT_SHARE = 0.05;
    /** Parts a phase is cut into. */
    private static final int PARTS = 30;

    private static final int SHORTEST_SEGMENT = 3;
    private static final String INSTANCES = "instances in service";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ClientRecord client;
    private final Estate estate;
    private final long seed;

    SteadyState(ClientRecord client, Estate estate, long seed) {
        this.client = client;
        this.estate = estate;
        this.seed = seed;
    }

    /** Why a phase is not steady, or not known to be; empty if it is. */
    Optional<String> problem(Phase phase) {
        if (phase.fromRequestsPerSecond() != phase.toRequestsPerSecond()) {
            return Optional.of("the load plan changes its rate during " + phase.name());
        }
        TimeWindow window = phase.window();
        return instances(window)
                .or(() -> changed("the median response time", Dimension.TIME, medians(window), window))
                .or(() -> changed("the throughput", Dimension.RATE, rates(window), window));
    }

    /** One number of each part, by the start of the part. */
    private record Part(Instant start, double value) {}

    private List<TimeWindow> parts(TimeWindow window) {
        TimeWindow whole = Seconds.of(window);
        long seconds = Math.max(1, whole.length().toSeconds() / PARTS);
        List<TimeWindow> parts = new ArrayList<>();
        Instant at = whole.start();
        while (!at.plusSeconds(seconds).isAfter(whole.end())) {
            parts.add(new TimeWindow(at, at.plusSeconds(seconds)));
            at = at.plusSeconds(seconds);
        }
        return parts;
    }

    private List<Part> medians(TimeWindow window) {
        List<Part> medians = new ArrayList<>();
        for (TimeWindow part : parts(window)) {
            Histogram times = client.responseTimes(Set.of(), ClientMeter.OK, part);
            if (times.getTotalCount() > 0) {
                medians.add(new Part(part.start(), times.getValueAtPercentile(50) / 1000.0));
            }
        }
        return medians;
    }

    private List<Part> rates(TimeWindow window) {
        return parts(window).stream()
                .map(part -> new Part(
                        part.start(),
                        (double) client.count(Set.of(), ClientMeter.OK, part)
                                / part.length().toSeconds()))
                .toList();
    }

    private Optional<String> changed(String what, Dimension dimension, List<Part> parts, TimeWindow window) {
        double[] values = parts.stream().mapToDouble(Part::value).toArray();
        Instant middle = window.start().plus(window.length().dividedBy(2));
        for (ChangePoints.Change change : ChangePoints.of(values, SHORTEST_SEGMENT, seed)) {
            Instant at = parts.get(change.index()).start();
            if (at.isAfter(middle) && counts(dimension, change)) {
                return Optional.of("steady state was not reached: " + what + " still changed from "
                        + Values.print(change.before(), dimension) + " to " + Values.print(change.after(), dimension)
                        + " at " + TIME.format(at) + " UTC, in the second half of the phase");
            }
        }
        return Optional.empty();
    }

    private static boolean counts(Dimension dimension, ChangePoints.Change change) {
        double difference = Math.abs(change.after() - change.before());
        double level = Math.min(change.after(), change.before());
        return dimension == Dimension.TIME
                ? difference > LEAST_LATENCY_SECONDS && difference > LEAST_LATENCY_SHARE * level
                : difference > LEAST_THROUGHPUT_SHARE * level;
    }

    private Optional<String> instances(TimeWindow window) {
        for (Resource group : estate.existing(ResourceKind.SCALING_GROUP, window)) {
            Optional<Series> series = estate.series(INSTANCES, group);
            if (series.isEmpty()) {
                return Optional.of("it is not known whether the phase is steady: no series of " + INSTANCES + " of "
                        + group.id() + " was gathered");
            }
            Optional<String> problem = instances(series.get(), window);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> instances(Series series, TimeWindow window) {
        Coverage coverage = Coverage.of(series, new Absence.Dense(), Optional.empty(), window);
        Optional<String> gap = Gaps.describe(series, coverage);
        if (gap.isPresent()) {
            return Optional.of("it is not known whether the phase is steady: " + gap.get());
        }
        Instant middle = window.start().plus(window.length().dividedBy(2));
        double before = coverage.values().firstEntry().getValue();
        for (Map.Entry<Instant, Double> entry : coverage.values().entrySet()) {
            if (entry.getKey().isAfter(middle) && entry.getValue() != before) {
                return Optional.of("steady state was not reached: " + INSTANCES + " of " + series.resource()
                        + " still changed from " + Values.number(before) + " to " + Values.number(entry.getValue())
                        + " at " + TIME.format(entry.getKey()) + " UTC, in the second half of the phase");
            }
            before = entry.getValue();
        }
        return Optional.empty();
    }
}
