package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures metrics of resources, one by one and across them. */
final class MetricMeter {
    private final Estate estate;
    private final Missing missing;

    MetricMeter(Estate estate, Missing missing) {
        this.estate = estate;
        this.missing = missing;
    }

    /**
     * One number of a metric.
     *
     * @param only of these resources; empty means all of its kind
     */
    Estimate measure(Expression.Metric metric, Optional<List<Resource>> only, TimeWindow window) {
        ResourceKind kind = metric.metric().kind();
        List<Resource> existing = only.orElseGet(() -> estate.existing(kind, window));
        List<Resource> resources = Estate.selected(existing, metric.of());
        if (resources.isEmpty()) {
            return Estimate.nothing(
                    existing.isEmpty() || metric.of().isEmpty()
                            ? "no " + kind.word() + " is known to have existed"
                            : "no " + kind.word() + " is '" + metric.of().get() + "'; there were "
                                    + estate.selectable(kind));
        }
        if (metric.aggregate() == Expression.Aggregate.LAST && resources.size() > 1) {
            return Estimate.nothing("the last of " + resources.size() + " " + kind.word()
                    + "s is not one number, add 'for each " + kind.word() + "'");
        }
        return readings(metric.metric(), resources, window)
                .aggregate(metric.aggregate(), window.length().toMillis() / 1000.0);
    }

    /** The datapoints of some resources. */
    Readings readings(MetricDefinition metric, List<Resource> resources, TimeWindow window) {
        Readings readings = new Readings(metric);
        for (Resource resource : resources) {
            Optional<Series> found = estate.series(metric, resource);
            if (found.isEmpty()) {
                readings.unknown("no series of " + metric.name() + " of " + resource.id() + " was gathered");
                readings.incomplete();
                continue;
            }
            read(metric, resource, found.get(), window, readings);
        }
        return readings;
    }

    private void read(MetricDefinition metric, Resource resource, Series series, TimeWindow window, Readings readings) {
        Coverage coverage = Coverage.of(
                series,
                absence(metric),
                companion(metric, resource),
                Estate.expected(resource, window, series.period()));
        coverage.broken().ifPresent(at -> readings.broken(meaning(metric) + " at " + at + " on " + resource.id()));
        if (series.completeness() != Series.Completeness.COMPLETE) {
            readings.incomplete();
        } else if (tolerable(coverage)) {
            readings.note(Gaps.missing(series, coverage) + ", which its 'missing' allows");
            readings.add(new Coverage(coverage.values(), List.of(), coverage.broken()), series.period());
            return;
        }
        Gaps.describe(series, coverage).ifPresent(readings::unknown);
        readings.add(coverage, series.period());
    }

    private boolean tolerable(Coverage coverage) {
        return missing instanceof Missing.AtMost most
                && !coverage.missing().isEmpty()
                && !coverage.values().isEmpty()
                && 100.0 * coverage.missing().size() <= most.percent().doubleValue() * coverage.expected();
    }

    private Absence absence(MetricDefinition metric) {
        if (missing instanceof Missing.Unknown && metric.absence() instanceof Absence.Sparse) {
            return new Absence.Dense();
        }
        return missing instanceof Missing.ZeroWith zero && metric.absence() instanceof Absence.Dense
                ? new Absence.Sparse(zero.companion())
                : metric.absence();
    }

    private Optional<Series> companion(MetricDefinition metric, Resource resource) {
        return absence(metric) instanceof Absence.Sparse sparse
                ? estate.series(sparse.companion(), resource)
                        .or(() -> missing instanceof Missing.ZeroWith
                                ? estate.elsewhere(sparse.companion(), resource.kind())
                                : Optional.empty())
                : Optional.empty();
    }

    private static String meaning(MetricDefinition metric) {
        return metric.absence() instanceof Absence.Sentinel sentinel ? sentinel.means() : "broken";
    }

    /** How an inner expression is measured of some resources. */
    interface Inner {
        Estimate measure(Expression expression, List<Resource> resources);
    }

    /** One resource's part, or that of all which share a fact. */
    private record Part(String name, Estimate estimate) {}

    /** One number across resources. */
    Estimate across(Expression.Across across, Optional<List<Resource>> only, TimeWindow window, Inner inner) {
        ResourceKind kind = across.metrics().findFirst().orElseThrow().kind();
        List<Resource> existing = only.orElseGet(() -> estate.existing(kind, window));
        List<Resource> resources = Estate.selected(existing, selector(across.of()));
        Map<String, List<Resource>> groups = new TreeMap<>();
        for (Resource resource : resources) {
            Optional<String> name = across.by().map(fact -> resource.facts().getOrDefault(fact, ""));
            if (name.filter(String::isEmpty).isPresent()) {
                return Estimate.nothing(kind.word() + " " + resource.id() + " has no fact '"
                        + across.by().orElse("") + "'");
            }
            groups.computeIfAbsent(name.orElse(resource.id()), key -> new ArrayList<>())
                    .add(resource);
        }
        List<Part> parts = new ArrayList<>();
        groups.forEach((name, members) -> parts.add(new Part(name, inner.measure(across.of(), members))));
        boolean compared = across.how() == Expression.Comparing.SKEW || across.how() == Expression.Comparing.SPREAD;
        if (parts.size() < (compared ? 2 : 1)) {
            return Estimate.nothing(
                    compared
                            ? across.how().word() + " compares at least two, and there "
                                    + (parts.isEmpty()
                                            ? "was none"
                                            : "was one, " + parts.get(0).name())
                            : "no " + kind.word() + " is known to have existed");
        }
        return combined(across, parts);
    }

    /** The resources that the first of the metrics asks for: each metric asks again for its own. */
    private static Optional<String> selector(Expression expression) {
        if (expression instanceof Expression.Metric metric) {
            return metric.of();
        }
        return expression instanceof Expression.Arithmetic both ? selector(both.left()) : Optional.empty();
    }

    private static Estimate combined(Expression.Across across, List<Part> parts) {
        Comparator<Part> byValue =
                Comparator.comparingDouble(part -> part.estimate().value());
        boolean known = parts.stream().allMatch(part -> part.estimate().isKnown());
        Part hottest = parts.stream().max(byValue).orElseThrow();
        Part coolest = parts.stream().min(byValue).orElseThrow();
        double mean = average(
                parts.stream().mapToDouble(part -> part.estimate().value()).toArray());
        Range high = new Range(
                max(parts.stream().mapToDouble(part -> part.estimate().lower()).toArray()),
                max(parts.stream().mapToDouble(part -> part.estimate().upper()).toArray()));
        Range low = new Range(
                min(parts.stream().mapToDouble(part -> part.estimate().lower()).toArray()),
                min(parts.stream().mapToDouble(part -> part.estimate().upper()).toArray()));
        double distance = hottest.estimate().value() - coolest.estimate().value();
        Range apart = new Range(Math.max(0, high.from() - low.to()), high.to() - low.from());
        Dimension dimension = across.of().dimension();
        String basis = "of " + parts.size() + ", hottest " + hottest.name() + " with "
                + Values.print(hottest.estimate().value(), dimension) + ", coolest " + coolest.name() + " with "
                + Values.print(coolest.estimate().value(), dimension);
        return switch (across.how()) {
            case HOTTEST -> of(parts, hottest.estimate().value(), high, basis, known);
            case COOLEST -> of(parts, coolest.estimate().value(), low, basis, known);
            case SPREAD -> of(parts, distance, apart, basis, known);
            case SKEW -> {
                Range around = new Range(
                        average(parts.stream()
                                .mapToDouble(part -> part.estimate().lower())
                                .toArray()),
                        average(parts.stream()
                                .mapToDouble(part -> part.estimate().upper())
                                .toArray()));
                boolean exact = around.from() == around.to();
                Range skew = exact
                        ? new Range(100 * apart.from() / mean, 100 * apart.to() / mean)
                        : new Range(
                                100 * apart.from() / around.to(),
                                around.from() > 0 ? 100 * apart.to() / around.from() : Double.POSITIVE_INFINITY);
                yield of(parts, 100 * distance / mean, skew, basis, known);
            }
        };
    }

    private record Range(double from, double to) {}

    private static Estimate of(List<Part> parts, double value, Range range, String basis, boolean known) {
        double lower = Double.isNaN(range.from()) ? Double.NEGATIVE_INFINITY : range.from();
        double upper = Double.isNaN(range.to()) ? Double.POSITIVE_INFINITY : range.to();
        return new Estimate(
                known ? value : Double.NaN,
                lower,
                upper,
                parts.stream().mapToLong(part -> part.estimate().samples()).sum(),
                basis,
                parts.stream()
                        .flatMap(part -> part.estimate().unknown().stream())
                        .findFirst(),
                parts.stream()
                        .flatMap(part -> part.estimate().broken().stream())
                        .findFirst(),
                parts.stream().anyMatch(part -> part.estimate().inferred()));
    }

    private static double max(double[] values) {
        return java.util.Arrays.stream(values).max().orElseThrow();
    }

    private static double min(double[] values) {
        return java.util.Arrays.stream(values).min().orElseThrow();
    }

    private static double average(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }
}
