package io.plimsoll.assertions.statistics;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How closely one value follows another some steps later, by Spearman's rank correlation; ranks, because a queue grows
 * without bound where what fills it stops at 100 %. Ties have their mean rank.
 *
 * <p>Sources: Spearman, The American Journal of Psychology 15 (1904); Kendall, Rank Correlation Methods (1975), chapter 3.
 *
 * @param lag steps by which the cause leads, ≥ 0
 * @param coefficient in [-1, 1]
 */
public record LaggedCorrelation(int lag, double coefficient) {
    /** Over fewer steps nothing is said. */
    public static final int FEWEST_STEPS = 8;

    /**
     * The lag at which the effect follows the cause most closely; the shortest of equals.
     *
     * @param cause a value for each step; NaN where there is none
     * @param effect as many
     * @param longest lags of 0 to so many steps are tried
     * @return empty where too few steps have both, or either is constant
     */
    public static Optional<LaggedCorrelation> strongest(double[] cause, double[] effect, int longest) {
        if (cause.length != effect.length) {
            throw new IllegalArgumentException(
                    "lagged correlation: both must have as many steps, had " + cause.length + " and " + effect.length);
        }
        Optional<LaggedCorrelation> best = Optional.empty();
        for (int lag = 0; lag <= longest; lag++) {
            double found = coefficient(cause, effect, lag);
            if (!Double.isNaN(found) && (best.isEmpty() || found > best.get().coefficient() + 1e-9)) {
                best = Optional.of(new LaggedCorrelation(lag, found));
            }
        }
        return best;
    }

    private static double coefficient(double[] cause, double[] effect, int lag) {
        int[] steps = IntStream.range(0, Math.max(0, cause.length - lag))
                .filter(step -> !Double.isNaN(cause[step]) && !Double.isNaN(effect[step + lag]))
                .toArray();
        if (steps.length < FEWEST_STEPS) {
            return Double.NaN;
        }
        double[] causes =
                ranks(IntStream.of(steps).mapToDouble(step -> cause[step]).toArray());
        double[] effects = ranks(
                IntStream.of(steps).mapToDouble(step -> effect[step + lag]).toArray());
        double mean = (steps.length + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < steps.length; i++) {
            both += (causes[i] - mean) * (effects[i] - mean);
            first += (causes[i] - mean) * (causes[i] - mean);
            second += (effects[i] - mean) * (effects[i] - mean);
        }
        return first > 0 && second > 0 ? both / Math.sqrt(first * second) : Double.NaN;
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order[i]] = (from + to) / 2.0 + 1;
            }
            from = to + 1;
        }
        return ranks;
    }
}
