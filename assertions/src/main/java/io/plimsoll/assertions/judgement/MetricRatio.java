package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.statistics.BlockBootstrap;
import io.plimsoll.assertions.statistics.BlockLength;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Bounds of a quotient of sums or means of metrics, such as a hit ratio: it is an estimate of a probability, and would have
 * come out otherwise in another stretch of the same length. Its periods are resampled together, in blocks.
 */
final class MetricRatio {
    /** With fewer periods a quotient is judged as it stands. */
    static final int LEAST_PERIODS = 20;

    private final MetricMeter meter;
    private final Estate estate;
    private final long seed;

    MetricRatio(MetricMeter meter, Estate estate, long seed) {
        this.meter = meter;
        this.estate = estate;
        this.seed = seed;
    }

    /** One of the metrics: its sum over the resources in each period, and what a sum over time is multiplied by. */
    private record Column(Expression.Metric metric, NavigableMap<Instant, Double> sums, double factor) {}

    /** The same number with bounds; empty if it is no such quotient, or too little is known of it. */
    Optional<Estimate> bounds(Expression.Arithmetic ratio, Meter.Terms terms, TimeWindow window, Estimate plain) {
        boolean known = plain.isKnown()
                && plain.lower() == plain.upper()
                && plain.unknown().isEmpty();
        if (ratio.operator() != '/' || ratio.right() instanceof Expression.Constant || !known) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        if (!collect(ratio, terms, window, columns) || columns.isEmpty()) {
            return Optional.empty();
        }
        List<Instant> periods = List.copyOf(columns.get(0).sums().keySet());
        boolean aligned = columns.stream()
                .allMatch(column -> List.copyOf(column.sums().keySet()).equals(periods));
        if (periods.size() < LEAST_PERIODS || !aligned) {
            return Optional.empty();
        }
        return Optional.of(resampled(ratio, columns, periods.size(), terms.confidence(), plain));
    }

    private boolean collect(Expression expression, Meter.Terms terms, TimeWindow window, List<Column> columns) {
        if (expression instanceof Expression.Arithmetic both) {
            return collect(both.left(), terms, window, columns) && collect(both.right(), terms, window, columns);
        }
        if (expression instanceof Expression.Constant) {
            return true;
        }
        if (!(expression instanceof Expression.Metric metric)) {
            return false;
        }
        List<Resource> resources = Estate.selected(
                terms.only().orElseGet(() -> estate.existing(metric.metric().kind(), window)), metric.of());
        Readings readings = meter.readings(metric.metric(), resources, window);
        double wall = window.length().toMillis() / 1000.0;
        Optional<Double> factor = switch (metric.aggregate()) {
            case SUM -> Optional.of(1.0);
            case MEAN -> Optional.of(1.0 / Math.max(1, readings.size()));
            case RATE -> Optional.of(1.0 / wall);
            default -> Optional.empty();
        };
        factor.ifPresent(one -> columns.add(new Column(metric, readings.sums(), one)));
        return factor.isPresent() && readings.whole();
    }

    private Estimate resampled(
            Expression.Arithmetic ratio, List<Column> columns, int periods, double confidence, Estimate plain) {
        double[][] values = new double[columns.size()][];
        for (int c = 0; c < values.length; c++) {
            values[c] = columns.get(c).sums().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        ToDoubleFunction<double[]> statistic = sums -> evaluate(ratio, columns, sums, new int[1]);
        double percent = plain.value() / statistic.applyAsDouble(totals(values));
        BlockBootstrap bootstrap = BlockBootstrap.of(values, block(values, periods), seed);
        double[] replicates = bootstrap.replicates(ClientMeter.RESAMPLES, statistic);
        if (!Double.isFinite(percent) || replicates.length < ClientMeter.RESAMPLES) {
            return plain;
        }
        double a = percent * BlockBootstrap.quantile(replicates, 1 - confidence);
        double b = percent * BlockBootstrap.quantile(replicates, confidence);
        double lower = ClientMeter.snapped(Math.min(plain.value(), Math.min(a, b)), plain.value());
        double upper = ClientMeter.snapped(Math.max(plain.value(), Math.max(a, b)), plain.value());
        String basis = plain.basis() + "; " + Values.number(100 * confidence) + " % bounds "
                + Values.print(lower, ratio.dimension()) + " to " + Values.print(upper, ratio.dimension());
        return Estimate.between(plain.value(), lower, upper, plain.samples(), basis);
    }

    /** The longest that any of the columns asks for. */
    private static int block(double[][] columns, int periods) {
        int longest = 1;
        for (double[] column : columns) {
            longest = Math.max(longest, BlockLength.of(column));
        }
        return Math.min(longest, periods);
    }

    private static double[] totals(double[][] columns) {
        double[] totals = new double[columns.length];
        for (int c = 0; c < totals.length; c++) {
            totals[c] = java.util.Arrays.stream(columns[c]).sum();
        }
        return totals;
    }

    /** Columns stand in the order in which the expression names its metrics. */
    private static double evaluate(Expression expression, List<Column> columns, double[] sums, int[] next) {
        if (expression instanceof Expression.Arithmetic both) {
            double left = evaluate(both.left(), columns, sums, next);
            double right = evaluate(both.right(), columns, sums, next);
            return switch (both.operator()) {
                case '+' -> left + right;
                case '-' -> left - right;
                case '*' -> left * right;
                default -> left / right;
            };
        }
        if (expression instanceof Expression.Constant constant) {
            return constant.number().doubleValue();
        }
        int column = next[0]++;
        return sums[column] * columns.get(column).factor();
    }
}
