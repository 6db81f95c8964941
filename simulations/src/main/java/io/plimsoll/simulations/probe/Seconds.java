package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * One number for each second of the wall clock in which a probe was alive. A second in which it was not has none, and is
 * a gap. Safe for use by several threads.
 */
final class Seconds {
    private final DoubleBinaryOperator combine;
    private final SortedMap<Long, Double> values = new TreeMap<>();

    private Seconds(DoubleBinaryOperator combine) {
        this.combine = combine;
    }

    /** Numbers that add up. */
    static Seconds sums() {
        return new Seconds(Double::sum);
    }

    /** Numbers of which the largest counts. */
    static Seconds maxima() {
        return new Seconds(Math::max);
    }

    /** Notes that the probe was alive, which makes the second's number at least 0. */
    void alive(Instant at) {
        add(at, 0);
    }

    synchronized void add(Instant at, double value) {
        values.merge(at.getEpochSecond(), value, combine::applyAsDouble);
    }

    /** Forgets a second: what it was cannot be told. */
    synchronized void unknown(Instant at) {
        values.remove(at.getEpochSecond());
    }

    /** As a catalogued metric of a resource. */
    Series series(String metric, String resource) {
        return series(metric, resource, Duration.ofSeconds(1));
    }

    /** The same of periods longer than a second, whose starts are its keys. */
    synchronized Series series(String metric, String resource, Duration period) {
        SortedMap<Instant, Double> starts = new TreeMap<>();
        values.forEach((second, value) -> starts.put(Instant.ofEpochSecond(second), value));
        return series(metric, resource, period, starts);
    }

    /** Numbers by the start of their period, as a catalogued metric of a resource. */
    static Series series(String metric, String resource, Duration period, SortedMap<Instant, Double> values) {
        MetricDefinition definition = MetricCatalogue.named(metric)
                .orElseThrow(() -> new IllegalArgumentException("no metric '" + metric + "' is catalogued"));
        List<Sample> samples = new ArrayList<>();
        values.forEach((start, value) -> samples.add(new Sample(start, value)));
        SortedMap<String, String> dimensions = new TreeMap<>();
        definition.dimensions().forEach(dimension -> dimensions.put(dimension, resource));
        return new Series(
                metric,
                definition.kind(),
                resource,
                new Origin(definition.namespace(), definition.metric(), dimensions, definition.statistic(), "injector"),
                definition.unit(),
                period,
                Series.Completeness.COMPLETE,
                "",
                samples);
    }
}
