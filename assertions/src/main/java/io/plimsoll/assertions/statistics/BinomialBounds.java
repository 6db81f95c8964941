package io.plimsoll.assertions.statistics;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Distribution-free bounds from the binomial distribution, each one-sided with 95 % confidence.
 *
 * <p>Sources: for quantiles, order statistics as in Hahn and Meeker, Statistical Intervals (1991), chapter 5.2; for
 * ratios, Clopper and Pearson, Biometrika 26 (1934).
 */
public final class BinomialBounds {
    /** Confidence of each bound by itself. */
    public static final double CONFIDENCE = 0.95;

    private BinomialBounds() {}

    /**
     * Ranks of the sample, from 1, whose values bound a quantile.
     *
     * @param lower the value of this rank is at most the quantile, with confidence; empty if the sample is too small
     * @param upper the value of this rank is at least the quantile, with confidence; empty if the sample is too small
     */
    public record Ranks(OptionalInt lower, OptionalInt upper) {}

    /** A ratio is at least and at most this, in [0, 1], each with confidence. */
    public record Ratio(double lower, double upper) {}

    /**
     * Ranks that bound a quantile of the distribution that a sample was drawn from.
     *
     * @param samples size of the sample, ≥ 1
     * @param quantile in (0, 1)
     */
    public static Ranks ranks(int samples, double quantile) {
        requireQuantile(quantile);
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be >= 1, were " + samples);
        }
        BinomialDistribution below = BinomialDistribution.of(samples, quantile);
        int upper = below.inverseCumulativeProbability(CONFIDENCE) + 1;
        int lower = below.inverseCumulativeProbability(1 - CONFIDENCE);
        return new Ranks(
                lower >= 1 ? OptionalInt.of(lower) : OptionalInt.empty(),
                upper <= samples ? OptionalInt.of(upper) : OptionalInt.empty());
    }

    /** The smallest sample that has an upper bound for a quantile: 59 for 0.95, 299 for 0.99. */
    public static int smallestSample(double quantile) {
        requireQuantile(quantile);
        return (int) Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(quantile));
    }

    private static void requireQuantile(double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be in (0, 1), was " + quantile);
        }
    }

    /**
     * Bounds of the probability behind a count.
     *
     * @param hits in [0, trials]
     * @param trials ≥ 1
     */
    public static Ratio ratio(long hits, long trials) {
        if (!(hits >= 0 && hits <= trials && trials >= 1)) {
            throw new IllegalArgumentException("hits must be in [0, trials], were " + hits + " of " + trials);
        }
        double lower = hits == 0
                ? 0
                : BetaDistribution.of((double) hits, trials - hits + 1.0).inverseCumulativeProbability(1 - CONFIDENCE);
        double upper = hits == trials
                ? 1
                : BetaDistribution.of(hits + 1.0, (double) (trials - hits)).inverseCumulativeProbability(CONFIDENCE);
        return new Ratio(lower, upper);
    }
}
