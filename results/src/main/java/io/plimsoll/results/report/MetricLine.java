package io.plimsoll.results.report;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.report.Chart.Band;
import io.plimsoll.results.report.Chart.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A series as points to draw. Nothing is invented: a distance of more than 1.5 periods between samples breaks the line; a
 * sentinel is not a value; a missing sample of a sparse series is 0 only where its companion proves that the source was
 * alive.
 */
final class MetricLine {
    private static final double GAP_PERIODS = 1.5;
    private final Series series;
    private final TimeAxis axis;

    MetricLine(Series series, TimeAxis axis) {
        this.series = series;
        this.axis = axis;
    }

    /**
     * The points: the highest value of a bucket where the run is long.
     *
     * @param all every series of the evidence, in which the companion of a sparse series is looked up
     * @param holds whether a value holds until its period ends (a level), so that the last one is drawn to its end
     * @param scale applied to each value
     */
    List<Point> points(List<Series> all, boolean holds, DoubleUnaryOperator scale) {
        List<Sample> buckets = new ArrayList<>();
        for (Sample sample : values(all)) {
            Sample point = new Sample(bucket(sample.start()), scale.applyAsDouble(sample.value()));
            int last = buckets.size() - 1;
            if (last < 0 || buckets.get(last).start().isBefore(point.start())) {
                buckets.add(point);
            } else if (buckets.get(last).value() < point.value()) {
                buckets.set(last, point);
            }
        }
        return points(buckets, pointSeconds(), holds, axis);
    }

    /** How long a point stands for: the period, or the axis' bucket where that is longer. */
    double pointSeconds() {
        return Math.max(periodSeconds(), (double) axis.bucketSeconds());
    }

    /** How long after a point its value is still the one to read. */
    double holdSeconds() {
        return GAP_PERIODS * pointSeconds();
    }

    double periodSeconds() {
        return RunTables.seconds(series.period());
    }

    /** Values, ascending in time, as points. */
    static List<Point> points(List<Sample> values, double pointSeconds, boolean holds, TimeAxis axis) {
        List<Point> points = new ArrayList<>();
        Optional<Instant> previous = Optional.empty();
        double held = 0;
        for (Sample sample : values) {
            Instant start = sample.start();
            if (previous.isPresent() && seconds(previous.get(), start) > GAP_PERIODS * pointSeconds) {
                double end = axis.at(previous.get()) + pointSeconds;
                if (holds) {
                    points.add(Point.of(end, held));
                }
                points.add(Point.gap(end));
            }
            held = sample.value();
            points.add(Point.of(axis.at(start), held));
            previous = Optional.of(start);
        }
        if (holds && previous.isPresent()) {
            points.add(Point.of(axis.at(previous.get()) + pointSeconds, held));
        }
        return points;
    }

    /** The stretches in which the series holds its sentinel, which says that the thing measured is broken. */
    List<Band> broken() {
        List<Band> bands = new ArrayList<>();
        if (!(absence() instanceof Absence.Sentinel sentinel)) {
            return bands;
        }
        String says = sentinel.means() + ": " + series.resource();
        for (Sample sample : series.samples()) {
            if (sample.value() == sentinel.value()) {
                double from = axis.at(sample.start());
                Band band = new Band(from, from + periodSeconds(), says);
                int last = bands.size() - 1;
                if (last >= 0 && from - bands.get(last).to() < periodSeconds() / 2) {
                    bands.set(last, new Band(bands.get(last).from(), band.to(), says));
                } else {
                    bands.add(band);
                }
            }
        }
        return bands;
    }

    /** Where a sample falls: its own start, or the start of its bucket where points stand for more than a period. */
    Instant bucket(Instant start) {
        if (axis.bucketSeconds() <= periodSeconds()) {
            return start;
        }
        long since = Duration.between(axis.window().start(), start).toSeconds();
        return axis.window().start().plusSeconds(since - Math.floorMod(since, axis.bucketSeconds()));
    }

    /** What is known of it, ascending in time. */
    private List<Sample> values(List<Series> all) {
        Absence absence = absence();
        if (absence instanceof Absence.Sentinel sentinel) {
            return series.samples().stream()
                    .filter(sample -> sample.value() != sentinel.value())
                    .toList();
        }
        return absence instanceof Absence.Sparse sparse && series.completeness() == Series.Completeness.COMPLETE
                ? withZeros(all, sparse.companion())
                : series.samples();
    }

    private List<Sample> withZeros(List<Series> all, String companion) {
        SortedMap<Instant, Sample> values = new TreeMap<>();
        all.stream()
                .filter(other ->
                        other.name().equals(companion) && other.resource().equals(series.resource()))
                .flatMap(other -> other.samples().stream())
                .forEach(alive -> values.put(alive.start(), new Sample(alive.start(), 0)));
        series.samples().forEach(sample -> values.put(sample.start(), sample));
        return List.copyOf(values.values());
    }

    private Absence absence() {
        return MetricCatalogue.named(series.name())
                .map(MetricDefinition::absence)
                .orElse(new Absence.Dense());
    }

    private static double seconds(Instant from, Instant to) {
        return RunTables.seconds(Duration.between(from, to));
    }
}
