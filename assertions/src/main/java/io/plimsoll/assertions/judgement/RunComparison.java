package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.assertions.slo.Requests;
import io.plimsoll.assertions.statistics.BlockBootstrap;
import io.plimsoll.assertions.statistics.BlockLength;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between two runs, and whether that is more than noise.
 *
 * <p>Each number of each run has bounds of 97.5 % to either side. Where those of the two runs do not meet, the runs differ
 * with a confidence of at least 95 % (Bonferroni); where they do, a difference was not shown, which is not to say that
 * there is none. Seconds are resampled in blocks, see {@link io.plimsoll.assertions.statistics}.
 */
public final class RunComparison {
    private static final double CONFIDENCE = 0.975;

    private RunComparison() {}

    /** What a difference is worth. */
    public enum Change {
        /** The later run's number is higher, by more than noise. */
        HIGHER,
        /** The later run's number is lower, by more than noise. */
        LOWER,
        /** The bounds meet. */
        WITHIN_NOISE,
        /** One of the runs does not have it, or it has no bounds. */
        UNKNOWN
    }

    /**
     * One number of both runs.
     *
     * @param what such as {@code p95(read)} or {@code mean(host cpu)}
     * @param before of the earlier run, with its unit; {@code -} if there is none
     * @param after of the later run
     * @param difference in percent of the earlier one, such as {@code +12 %}; empty if that cannot be told
     * @param change whether it is more than noise
     * @param bounds those of the earlier and of the later run, for a person who doubts it; empty if there are none
     */
    public record Line(String what, String before, String after, String difference, Change change, String bounds) {}

    /**
     * Compares the steady phases of two runs, or all after the warm-up where there is none.
     *
     * @return what the client saw first, by request, and then metrics in the order of the catalogue
     */
    public static List<Line> of(Evidence earlier, Evidence later) {
        Optional<Side> before = side(earlier);
        Optional<Side> after = side(later);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(earlier.client().requestNames());
        names.addAll(later.client().requestNames());
        for (String name : names) {
            for (Expression measure : measures(Requests.named(name))) {
                lines.add(line(
                        measure.toString(),
                        measure.dimension(),
                        before.get().client(measure),
                        after.get().client(measure)));
            }
        }
        for (MetricDefinition metric : MetricCatalogue.all()) {
            Estimate one = before.get().mean(metric);
            Estimate other = after.get().mean(metric);
            if (one.isKnown() || other.isKnown()) {
                Expression mean = new Expression.Metric(Expression.Aggregate.MEAN, metric, Optional.empty());
                lines.add(line(mean.toString(), mean.dimension(), one, other));
            }
        }
        return List.copyOf(lines);
    }

    private static List<Expression> measures(Requests requests) {
        return Stream.concat(
                        Stream.of(50, 95, 99)
                                .map(percent -> new Expression.Percentile(BigDecimal.valueOf(percent), requests)),
                        Stream.of(
                                new Expression.MeanTime(requests),
                                new Expression.ErrorRatio(requests),
                                new Expression.RequestRate(requests)))
                .map(measure -> (Expression) measure)
                .toList();
    }

    /** One of the runs. */
    private record Side(Evidence evidence, Meter meter, TimeWindow window, boolean steady, long seed) {
        Estimate client(Expression measure) {
            return meter.measure(
                    measure, window, new Meter.Terms(Optional.empty(), new Missing.AsUsual(), CONFIDENCE, steady));
        }

        /** The mean of a metric over its resources and periods, as one of many stretches of the same length. */
        Estimate mean(MetricDefinition metric) {
            List<Resource> resources = meter.estate().existing(metric.kind(), window);
            Readings readings =
                    new MetricMeter(meter.estate(), new Missing.AsUsual()).readings(metric, resources, window);
            double[] sums = readings.sums().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            Estimate plain = readings.aggregate(Expression.Aggregate.MEAN, 1);
            if (!plain.isKnown() || sums.length < MetricRatio.LEAST_PERIODS) {
                return plain;
            }
            double scale = (double) sums.length / readings.size();
            double[] replicates = BlockBootstrap.of(new double[][] {sums}, BlockLength.of(sums), seed)
                    .replicates(ClientMeter.RESAMPLES, each -> each[0] / sums.length * scale);
            double value = plain.value();
            return Estimate.between(
                    value,
                    ClientMeter.snapped(Math.min(value, BlockBootstrap.quantile(replicates, 1 - CONFIDENCE)), value),
                    ClientMeter.snapped(Math.max(value, BlockBootstrap.quantile(replicates, CONFIDENCE)), value),
                    plain.samples(),
                    plain.basis());
        }
    }

    private static Optional<Side> side(Evidence evidence) {
        Optional<LoadPlan> plan = evidence.facts().plan();
        return plan.map(known -> {
            long seed = Seed.of(evidence.facts().runId());
            Optional<Phase> steady = known.phase(SteadyState.PHASE);
            Meter meter = new Meter(
                    known,
                    new ClientMeter(evidence.client(), known, seed),
                    new Estate(evidence.topology(), evidence.series()),
                    seed);
            TimeWindow window = steady.map(Phase::window).orElseGet(known::afterWarmUp);
            return new Side(evidence, meter, window, steady.isPresent(), seed);
        });
    }

    private static Line line(String what, Dimension dimension, Estimate before, Estimate after) {
        boolean both = before.isKnown() && after.isKnown();
        double difference = 100 * (after.value() - before.value()) / before.value();
        return new Line(
                what,
                shown(before, dimension),
                shown(after, dimension),
                both && Double.isFinite(difference)
                        ? (difference > 0 ? "+" : "") + Values.number(difference, 2) + " %"
                        : "",
                both ? change(before, after) : Change.UNKNOWN,
                before.inferred() && after.inferred()
                        ? bounds(before, dimension) + " and " + bounds(after, dimension)
                        : "");
    }

    private static Change change(Estimate before, Estimate after) {
        if (!before.inferred() || !after.inferred()) {
            return before.value() == after.value() ? Change.WITHIN_NOISE : Change.UNKNOWN;
        }
        if (after.lower() > before.upper()) {
            return Change.HIGHER;
        }
        return after.upper() < before.lower() ? Change.LOWER : Change.WITHIN_NOISE;
    }

    private static String shown(Estimate estimate, Dimension dimension) {
        return estimate.isKnown() ? Values.print(estimate.value(), dimension) : "-";
    }

    private static String bounds(Estimate estimate, Dimension dimension) {
        return Values.print(estimate.lower(), dimension) + " to " + Values.print(estimate.upper(), dimension);
    }
}
