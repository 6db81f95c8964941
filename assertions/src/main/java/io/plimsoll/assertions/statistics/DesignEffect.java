package io.plimsoll.assertions.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much less a sample tells because its members resemble their neighbours: the variance of a share under the block
 * bootstrap over its variance if every member were independent (Kish, Survey Sampling, 1965).
 *
 * <p>Requests of the same second share that second's queue, garbage collection and neighbours, and seconds share them
 * with the seconds beside them. Ten thousand requests in which slow ones come in bursts can be worth no more than a few
 * hundred.
 */
public final class DesignEffect {
    /** Seconds that it takes to see how alike they are. */
    public static final int LEAST_SECONDS = 10;

    private DesignEffect() {}

    /**
     * The number of independent trials that tell as much as these.
     *
     * <p>The estimate of the variance is itself uncertain, the more so the fewer blocks there are; Korn and Graubard
     * (1998) allow for that by the ratio of Student's t to the normal quantile.
     *
     * @param hits by second
     * @param trials by second, as many seconds; seconds without any are left out by the caller
     * @return in [1, number of trials]; the number of trials itself if it cannot be told, or nothing varies
     */
    public static double effectiveTrials(double[] hits, double[] trials, double confidence) {
        int seconds = hits.length;
        double all = sum(trials);
        double share = sum(hits) / all;
        if (seconds < LEAST_SECONDS || !(share > 0 && share < 1)) {
            return all;
        }
        // To first order a ratio of sums varies like the mean of what each second has beyond its share.
        double[] beyond = new double[seconds];
        for (int i = 0; i < seconds; i++) {
            beyond[i] = hits[i] - share * trials[i];
        }
        int block = BlockLength.of(beyond);
        double scale = seconds / all;
        double variance = BlockBootstrap.varianceOfMean(beyond, block) * scale * scale;
        double independent = share * (1 - share) / all;
        if (!(variance > independent)) {
            return all;
        }
        double blocks = Math.max(2, (double) seconds / block);
        double widened = normalOverT(confidence, all, blocks);
        return Math.max(1, all * independent / variance * widened);
    }

    private static double normalOverT(double confidence, double trials, double blocks) {
        double many = TDistribution.of(Math.max(1, trials - 1)).inverseCumulativeProbability(confidence);
        double few = TDistribution.of(Math.max(1, blocks - 1)).inverseCumulativeProbability(confidence);
        return many * many / (few * few);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
