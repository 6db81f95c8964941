package io.plimsoll.assertions.statistics;

import java.util.Arrays;

/**
 * How long the blocks of a {@link BlockBootstrap} must be: the automatic choice of Politis and White (Econometric
 * Reviews 23, 2004) with the correction of Patton, Politis and White (Econometric Reviews 28, 2009), for the circular
 * block bootstrap.
 *
 * <p>The further apart seconds still resemble each other, the longer the blocks. Values without any likeness get blocks
 * of one.
 */
public final class BlockLength {
    /** A correlation beyond this many standard errors counts: the two-sided 95 % point, as in the paper. */
    private static final double SIGNIFICANT = 1.96;

    private BlockLength() {}

    /**
     * The length for a series of values.
     *
     * @param values in order of time, all finite
     * @return in [1, values / 3], at least 1
     */
    public static int of(double[] values) {
        int n = values.length;
        int longest = Math.max(1, Math.min((int) Math.ceil(3 * Math.sqrt(n)), n / 3));
        double[] correlations = autocovariances(values, Math.min(n - 1, 2 * lagsToSearch(n)));
        if (n < 4 || !(correlations[0] > 0)) {
            return 1;
        }
        int cutOff = cutOff(correlations, n);
        int window = Math.min(2 * cutOff, correlations.length - 1);
        double weighted = 0;
        double spectrum = correlations[0];
        for (int lag = 1; lag <= window; lag++) {
            double weight = flatTop((double) lag / window);
            weighted += 2 * weight * lag * correlations[lag];
            spectrum += 2 * weight * correlations[lag];
        }
        double d = 4.0 / 3.0 * spectrum * spectrum;
        if (!(d > 0)) {
            return longest;
        }
        double length = Math.cbrt(2 * weighted * weighted / d) * Math.cbrt(n);
        return Math.max(1, Math.min(longest, (int) Math.ceil(length - 1e-9)));
    }

    private static int lagsToSearch(int n) {
        return (int) Math.ceil(Math.sqrt(n)) + runLength(n);
    }

    private static int runLength(int n) {
        return Math.max(5, (int) Math.ceil(Math.sqrt(Math.log10(n))));
    }

    /** The lag after which a run of correlations is too small to count. */
    private static int cutOff(double[] covariances, int n) {
        double band = SIGNIFICANT * Math.sqrt(Math.log10(n) / n);
        int run = runLength(n);
        int last = 0;
        int quiet = 0;
        for (int lag = 1; lag < covariances.length && lag <= lagsToSearch(n); lag++) {
            if (Math.abs(covariances[lag] / covariances[0]) > band) {
                last = lag;
                quiet = 0;
            } else if (++quiet == run) {
                break;
            }
        }
        return last;
    }

    /** The trapezoid window of Politis and Romano. */
    private static double flatTop(double t) {
        return t <= 0.5 ? 1 : t <= 1 ? 2 * (1 - t) : 0;
    }

    private static double[] autocovariances(double[] values, int lags) {
        double mean = Arrays.stream(values).average().orElse(0);
        double[] covariances = new double[Math.max(0, lags) + 1];
        for (int lag = 0; lag < covariances.length; lag++) {
            double sum = 0;
            for (int i = lag; i < values.length; i++) {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }
            covariances[lag] = sum / values.length;
        }
        return covariances;
    }
}
