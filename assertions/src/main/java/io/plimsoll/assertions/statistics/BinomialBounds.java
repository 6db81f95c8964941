package io.plimsoll.assertions.statistics;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Distribution-free bounds from the binomial distribution, each one-sided.
 *
 * <p>Sources: for quantiles, order statistics as in Hahn and Meeker, Statistical Intervals (1991), chapter 5.2; for
 * ratios, Clopper and Pearson, Biometrika 26 (1934). Where observations are correlated, both are used with an effective
 * sample size: for quantiles Woodruff, JASA 47 (1952); for ratios Korn and Graubard, Survey Methodology 24 (1998).
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
     * Ranks that bound a quantile of the distribution that a sample was drawn from, with {@link #CONFIDENCE}.
     *
     * @param samples size of the sample, ≥ 1
     * @param quantile in (0, 1)
     */
    public static Ranks ranks(int samples, double quantile) {
        return ranks(samples, samples, quantile, CONFIDENCE);
    }

    /**
     * Ranks that bound a quantile of the distribution that a sample of correlated values was drawn from.
     *
     * @param samples size of the sample, ≥ 1
     * @param effective number of independent values that tell as much, in [1, samples]
     * @param quantile in (0, 1)
     * @param confidence of each bound, in [0.5, 1)
     */
    public static Ranks ranks(int samples, int effective, double quantile, double confidence) {
        requireQuantile(quantile);
        requireConfidence(confidence);
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be >= 1, were " + samples);
        }
        if (!(effective >= 1 && effective <= samples)) {
            throw new IllegalArgumentException(
                    "effective samples must be in [1, samples], were " + effective + " of " + samples);
        }
        BinomialDistribution below = BinomialDistribution.of(effective, quantile);
        int upper = below.inverseCumulativeProbability(confidence) + 1;
        int lower = below.inverseCumulativeProbability(1 - confidence);
        return new Ranks(
                lower >= 1 ? OptionalInt.of(scaled(lower, samples, effective, false)) : OptionalInt.empty(),
                upper <= effective ? OptionalInt.of(scaled(upper, samples, effective, true)) : OptionalInt.empty());
    }

    /** The rank in the whole sample that has the same share of it below, rounded away from the quantile. */
    private static int scaled(int rank, int samples, int effective, boolean up) {
        long product = (long) rank * samples;
        long floor = Math.max(1, Math.floorDiv(product, effective));
        return (int) Math.min(samples, up ? Math.floorDiv(product + effective - 1, effective) : floor);
    }

    /** The smallest sample that has an upper bound for a quantile with {@link #CONFIDENCE}: 59 for 0.95, 299 for 0.99. */
    public static int smallestSample(double quantile) {
        return smallestSample(quantile, CONFIDENCE);
    }

    /**
     * The smallest sample that has an upper bound for a quantile.
     *
     * @param quantile in (0, 1)
     * @param confidence of the bound, in [0.5, 1)
     */
    public static int smallestSample(double quantile, double confidence) {
        requireQuantile(quantile);
        requireConfidence(confidence);
        return (int) Math.ceil(Math.log(1 - confidence) / Math.log(quantile));
    }

    private static void requireQuantile(double quantile) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("quantile must be in (0, 1), was " + quantile);
        }
    }

    private static void requireConfidence(double confidence) {
        if (!(confidence >= 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be in [0.5, 1), was " + confidence);
        }
    }

    /**
     * Bounds of the probability behind a count, with {@link #CONFIDENCE}.
     *
     * @param hits in [0, trials]
     * @param trials ≥ 1
     */
    public static Ratio ratio(long hits, long trials) {
        return ratio((double) hits, (double) trials, CONFIDENCE);
    }

    /**
     * Bounds of the probability behind a count, or behind what correlated trials are worth in independent ones.
     *
     * @param hits in [0, trials]; need not be whole
     * @param trials ≥ 1; need not be whole
     * @param confidence of each bound, in [0.5, 1)
     */
    public static Ratio ratio(double hits, double trials, double confidence) {
        requireConfidence(confidence);
        if (!(hits >= 0 && hits <= trials && trials >= 1)) {
            throw new IllegalArgumentException(
                    "hits must be in [0, trials], were " + plain(hits) + " of " + plain(trials));
        }
        double lower = hits == 0
                ? 0
                : BetaDistribution.of(hits, trials - hits + 1.0).inverseCumulativeProbability(1 - confidence);
        double upper = hits == trials
                ? 1
                : BetaDistribution.of(hits + 1.0, trials - hits).inverseCumulativeProbability(confidence);
        return new Ratio(lower, upper);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
