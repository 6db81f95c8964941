package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Expression.Aggregate;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The datapoints of one metric of some resources in a window, with what is missing of them.
 *
 * <p>A missing datapoint may have been anything the metric can be: a share lies between 0 and 100 %, and what is counted or
 * timed is at least 0. So a number has bounds that hold whatever the missing datapoints were (Manski, Partial
 * Identification of Probability Distributions, 2003), and losing a datapoint can only widen them.
 */
final class Readings {
    private final MetricDefinition metric;
    private final List<Double> values = new ArrayList<>();
    private final NavigableMap<Instant, Double> sums = new TreeMap<>();
    private Optional<Double> last = Optional.empty();
    private boolean lastMissing;
    private long missing;
    private boolean incomplete;
    private Duration period = Duration.ZERO;
    private final List<String> notes = new ArrayList<>();
    private Optional<String> unknown = Optional.empty();
    private Optional<String> broken = Optional.empty();

    Readings(MetricDefinition metric) {
        this.metric = metric;
    }

    /** Adds one resource's datapoints. */
    void add(Coverage coverage, Duration length) {
        values.addAll(coverage.values().values());
        coverage.values().forEach((start, value) -> sums.merge(start, value, Double::sum));
        missing += coverage.missing().size();
        period = length;
        Instant latestKnown =
                coverage.values().isEmpty() ? Instant.MIN : coverage.values().lastKey();
        boolean endKnown = coverage.missing().isEmpty()
                || coverage.missing().get(coverage.missing().size() - 1).isBefore(latestKnown);
        lastMissing |= !endKnown;
        last = coverage.values().isEmpty()
                ? last
                : Optional.of(coverage.values().lastEntry().getValue());
    }

    /** The first that is said stands for all. */
    void unknown(String why) {
        unknown = unknown.or(() -> Optional.of(why));
    }

    /** What is there may not be all, or not final. */
    void incomplete() {
        incomplete = true;
    }

    /** What a sentinel said. */
    void broken(String why) {
        broken = broken.or(() -> Optional.of(why));
    }

    /** Something that reasons must tell. */
    void note(String text) {
        notes.add(text);
    }

    /** Whether every datapoint is known and sound. */
    boolean whole() {
        return missing == 0 && !incomplete && broken.isEmpty() && unknown.isEmpty();
    }

    /** The sum over the resources, by start of period. */
    NavigableMap<Instant, Double> sums() {
        return sums;
    }

    /** The number of the resources' datapoints. */
    int size() {
        return values.size();
    }

    /** One number of them all. */
    Estimate aggregate(Aggregate aggregate, double wallSeconds) {
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        Estimate estimate = switch (aggregate) {
            case MAX ->
                extreme(values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN), true);
            case MIN ->
                extreme(values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN), false);
            case MEAN -> mean(sum);
            case SUM -> of(values.isEmpty() ? Double.NaN : sum, least(sum), most(sum));
            case RATE ->
                of(
                        values.isEmpty() ? Double.NaN : sum / wallSeconds,
                        least(sum) / wallSeconds,
                        most(sum) / wallSeconds);
            case LAST ->
                lastMissing || incomplete
                        ? of(last.orElse(Double.NaN), floor(), ceiling())
                        : of(last.orElse(Double.NaN), last.orElse(floor()), last.orElse(ceiling()));
            case COVERAGE -> coverage();
        };
        String datapoints = Values.count(values.size()) + " datapoints";
        return new Estimate(
                estimate.value(),
                estimate.lower(),
                estimate.upper(),
                values.size(),
                notes.isEmpty() ? datapoints : datapoints + ", " + String.join(", ", notes),
                aggregate == Aggregate.COVERAGE && estimate.isKnown() ? Optional.empty() : unknown,
                broken,
                false);
    }

    private Estimate of(double value, double lower, double upper) {
        return Estimate.exact(value, 0, "").with(value, lower, upper, "");
    }

    private Estimate extreme(double seen, boolean largest) {
        boolean open = missing > 0 || incomplete || values.isEmpty();
        double known = Double.isNaN(seen) ? (largest ? floor() : ceiling()) : seen;
        return largest ? of(seen, known, open ? ceiling() : known) : of(seen, open ? floor() : known, known);
    }

    private Estimate mean(double sum) {
        double value = values.isEmpty() ? Double.NaN : sum / values.size();
        if (incomplete || values.isEmpty()) {
            return of(value, floor(), ceiling());
        }
        if (missing == 0) {
            return of(value, value, value);
        }
        double all = (double) values.size() + missing;
        return of(value, (sum + missing * floor()) / all, (sum + missing * ceiling()) / all);
    }

    private double least(double sum) {
        return missing == 0 && !incomplete ? sum : sum + Math.max(1, missing) * floor();
    }

    private double most(double sum) {
        return incomplete || values.isEmpty()
                ? Double.POSITIVE_INFINITY
                : missing == 0 ? sum : sum + missing * ceiling();
    }

    private Estimate coverage() {
        double expected = (double) values.size() + missing;
        double share = expected == 0 ? Double.NaN : 100 * values.size() / expected;
        return incomplete ? of(share, 0, expected == 0 ? 100 : share) : of(share, share, share);
    }

    /** The smallest that a datapoint can be: what is measured is never negative, see {@link Coverage}. */
    private double floor() {
        return signed() ? Double.NEGATIVE_INFINITY : 0;
    }

    /** The largest that a datapoint can be. */
    private double ceiling() {
        return metric.unit() == Unit.PERCENT && !signed() ? 100 : Double.POSITIVE_INFINITY;
    }

    private boolean signed() {
        return metric.absence() instanceof Absence.Signed;
    }

    Duration period() {
        return period;
    }
}
