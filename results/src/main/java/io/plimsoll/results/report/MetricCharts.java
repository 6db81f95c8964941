package io.plimsoll.results.report;

import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.report.Chart.Band;
import io.plimsoll.results.report.Chart.Line;
import io.plimsoll.results.report.Chart.Point;
import io.plimsoll.results.report.Chart.Style;
import io.plimsoll.results.run.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** The charts of what was observed of the stack. */
final class MetricCharts {
    /** Lines of a chart at most; the highest are drawn. */
    static final int MOST_LINES = 8;

    /** Charts of metrics that have no chart of their own, at most. */
    static final int MOST_FURTHER = 8;

    private static final String HITS = "cache hits";
    private static final String MISSES = "cache misses";
    private static final List<String> CAPACITY = List.of("instances in service", "desired capacity", "healthy hosts");
    private static final List<String> CPU = List.of("group cpu", "host cpu");
    private static final List<String> BALANCER_ERRORS =
            List.of("load balancer 5xx", "target 5xx", "rejected connections", "target connection errors");

    private final List<Series> all;
    private final TimeAxis axis;
    private final Set<String> drawn = new HashSet<>();

    MetricCharts(Evidence evidence, TimeAxis axis) {
        this.all = evidence.series();
        this.axis = axis;
    }

    /** The charts that every report has, drawn or saying why they cannot be. */
    List<Chart> charts() {
        return List.of(
                chart("capacity", "Capacity of scaling groups", CAPACITY, Form.LEVEL),
                chart("cpu", "CPU of the group and its instances", CPU, Form.VALUE),
                chart("database-cpu", "CPU of the database", List.of("database cpu", "replica cpu"), Form.VALUE),
                chart("replica-lag", "Replica lag", List.of("replica lag"), Form.VALUE),
                cacheHitRatio(),
                chart("balancer-errors", "Errors seen by the load balancer", BALANCER_ERRORS, Form.RATE));
    }

    /** A chart of each metric that {@link #charts()} did not draw; call it after that. */
    List<Chart> further() {
        NavigableSet<String> names = new TreeSet<>();
        all.stream()
                .filter(series -> !series.samples().isEmpty())
                .map(Series::name)
                .filter(name -> !drawn.contains(name))
                .forEach(names::add);
        List<Chart> charts = new ArrayList<>();
        for (String name : names) {
            if (charts.size() < MOST_FURTHER) {
                charts.add(chart("further-" + charts.size(), name, List.of(name), Form.VALUE));
            }
        }
        return charts;
    }

    /** How values are drawn. */
    private enum Form {
        /** As they are. */
        VALUE,
        /** As levels that hold for their period. */
        LEVEL,
        /** Sums over a period, as a rate per second. */
        RATE
    }

    private Chart chart(String id, String title, List<String> names, Form form) {
        drawn.addAll(names);
        List<Series> series = all.stream()
                .filter(one -> names.contains(one.name()))
                .sorted(Comparator.comparingInt((Series one) -> names.indexOf(one.name()))
                        .thenComparing(Series::resource))
                .toList();
        List<Line> lines = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Series one : series) {
            MetricLine metric = new MetricLine(one, axis);
            bands.addAll(metric.broken());
            List<Point> points = metric.points(all, form == Form.LEVEL, scale(metric, form));
            if (!points.isEmpty()) {
                lines.add(new Line(
                        label(one, names, series),
                        style(names, one, lines.size(), form),
                        lines.size(),
                        metric.holdSeconds(),
                        points));
            }
            if (one.completeness() != Series.Completeness.COMPLETE) {
                notes.add(incomplete(one));
            }
        }
        String unit = form == Form.RATE
                ? "/s"
                : series.stream().map(one -> one.unit().symbol()).findFirst().orElse("");
        if (lines.isEmpty()) {
            return Chart.empty(id, title, unit, missing(names, series, bands, notes));
        }
        bands.stream().map(band -> sentence(band)).distinct().forEach(notes::add);
        List<Line> kept = highest(lines, notes);
        notes.add(axis.downsampled("the highest value within"));
        return new Chart(id, title, unit, kept, bands, notes, "");
    }

    private Chart cacheHitRatio() {
        drawn.add(HITS);
        drawn.add(MISSES);
        String title = "Cache hit ratio";
        List<Line> lines = new ArrayList<>();
        for (Series hits : named(HITS)) {
            for (Series misses : named(MISSES)) {
                if (hits.resource().equals(misses.resource())) {
                    MetricLine metric = new MetricLine(hits, axis);
                    List<Point> points = MetricLine.points(ratios(hits, misses), metric.pointSeconds(), false, axis);
                    if (!points.isEmpty()) {
                        lines.add(new Line(
                                hits.resource(),
                                Style.straight(lines.size()),
                                lines.size(),
                                metric.holdSeconds(),
                                points));
                    }
                }
            }
        }
        List<String> notes = new ArrayList<>();
        if (lines.isEmpty()) {
            List<String> names = List.of(HITS, MISSES);
            List<Series> series =
                    all.stream().filter(one -> names.contains(one.name())).toList();
            return Chart.empty("cache", title, "%", missing(names, series, List.of(), notes));
        }
        notes.add("Hits over hits and misses; periods without a lookup have no ratio.");
        List<Line> kept = highest(lines, notes);
        notes.add(axis.downsampled("the ratio of all its lookups"));
        return new Chart("cache", title, "%", kept, List.of(), notes, "");
    }

    /** Percentages of hits among lookups, where both counters have a sample and there was a lookup. */
    private List<Sample> ratios(Series hits, Series misses) {
        MetricLine metric = new MetricLine(hits, axis);
        SortedMap<Instant, Double> missed = new TreeMap<>();
        misses.samples().forEach(sample -> missed.put(sample.start(), sample.value()));
        SortedMap<Instant, Double> hit = new TreeMap<>();
        SortedMap<Instant, Double> lookups = new TreeMap<>();
        for (Sample sample : hits.samples()) {
            Double other = missed.get(sample.start());
            if (other != null && sample.value() + other > 0) {
                hit.merge(metric.bucket(sample.start()), sample.value(), Double::sum);
                lookups.merge(metric.bucket(sample.start()), sample.value() + other, Double::sum);
            }
        }
        return hit.entrySet().stream()
                .map(one -> new Sample(one.getKey(), 100 * one.getValue() / lookups.getOrDefault(one.getKey(), 1.0)))
                .toList();
    }

    private List<Series> named(String name) {
        return all.stream().filter(series -> series.name().equals(name)).toList();
    }

    private static List<Line> highest(List<Line> lines, List<String> notes) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        Comparator<Line> byHighest = Comparator.comparingDouble(
                line -> -line.highest().map(Point::number).orElse(Double.NEGATIVE_INFINITY));
        List<Line> kept = lines.stream()
                .sorted(byHighest)
                .limit(MOST_LINES)
                .sorted(Comparator.comparingInt(Line::colour))
                .toList();
        notes.add("Drawn are the " + MOST_LINES + " lines that reach highest; " + (lines.size() - MOST_LINES)
                + " more are in the evidence.");
        return kept;
    }

    private static DoubleUnaryOperator scale(MetricLine metric, Form form) {
        double seconds = metric.periodSeconds();
        return form == Form.RATE ? value -> value / seconds : DoubleUnaryOperator.identity();
    }

    /** By metric where the chart has several, else by line. */
    private static Style style(List<String> names, Series series, int line, Form form) {
        int index = names.size() > 1 ? names.indexOf(series.name()) : line;
        return form == Form.LEVEL ? Style.step(index) : Style.straight(index);
    }

    /** The metric where the chart has several, the resource where the metric has several or stands alone. */
    private static String label(Series series, List<String> names, List<Series> charted) {
        boolean alone = charted.stream()
                        .filter(other -> other.name().equals(series.name()))
                        .count()
                == 1;
        if (names.size() == 1) {
            return series.resource();
        }
        return alone ? series.name() : series.name() + " " + series.resource();
    }

    private static String missing(List<String> names, List<Series> series, List<Band> bands, List<String> notes) {
        if (series.isEmpty()) {
            return "The evidence holds no series of " + String.join(", ", names) + ".";
        }
        if (!bands.isEmpty()) {
            return "No sample is a measurement: " + bands.get(0).says() + ".";
        }
        return notes.isEmpty()
                ? "No series of " + String.join(", ", names) + " has a sample."
                : String.join(" ", notes);
    }

    private static String incomplete(Series series) {
        return series.name() + " of " + series.resource() + " is "
                + series.completeness().name().toLowerCase(java.util.Locale.ROOT)
                + (series.note().isBlank() ? "." : ": " + series.note());
    }

    private static String sentence(Band band) {
        return "The shaded stretch from " + Figures.elapsed(band.from()) + " to " + Figures.elapsed(band.to())
                + " says: " + band.says() + ".";
    }
}
