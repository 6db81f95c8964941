package io.plimsoll.assertions.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The circular block bootstrap of Politis and Romano (in: Exploring the Limits of Bootstrap, 1992): how much a number
 * that was computed from a stretch of time would differ from stretch to stretch, when neighbouring seconds resemble each
 * other. Whole blocks of neighbouring seconds are drawn with replacement, so that their likeness is kept.
 *
 * <p>It covers every number that is a function of sums over time, such as a ratio of two counts: {@code columns} are what
 * is summed, and a resample is told by its sums alone. The same seed gives the same resamples on every machine.
 */
public final class BlockBootstrap {
    private final double[][] prefixes;
    private final int length;
    private final int block;
    private final long seed;

    private BlockBootstrap(double[][] prefixes, int length, int block, long seed) {
        this.prefixes = prefixes;
        this.length = length;
        this.block = block;
        this.seed = seed;
    }

    /**
     * A bootstrap of some columns.
     *
     * @param columns equally long, ≥ 1 value each, all finite; they are not changed
     * @param block length of a block, in [1, length]
     * @param seed of the draws
     */
    public static BlockBootstrap of(double[][] columns, int block, long seed) {
        int length = columns[0].length;
        if (!(block >= 1 && block <= length)) {
            throw new IllegalArgumentException("block length must be in [1, " + length + "], was " + block);
        }
        double[][] prefixes = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            if (columns[c].length != length) {
                throw new IllegalArgumentException(
                        "columns must be equally long, were " + length + " and " + columns[c].length);
            }
            // Twice round, so that a block that begins near the end goes on at the start.
            prefixes[c] = new double[2 * length + 1];
            for (int i = 0; i < 2 * length; i++) {
                prefixes[c][i + 1] = prefixes[c][i] + columns[c][i % length];
            }
        }
        return new BlockBootstrap(prefixes, length, block, seed);
    }

    /**
     * What the number comes to in each of some resamples, ascending.
     *
     * @param resamples how many, ≥ 1
     * @param statistic from the sums of the columns over a resample; may give NaN, which is left out
     */
    public double[] replicates(int resamples, ToDoubleFunction<double[]> statistic) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            values[r] = statistic.applyAsDouble(sums(random));
        }
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        Arrays.sort(known);
        return known;
    }

    private double[] sums(SplittableRandom random) {
        double[] sums = new double[prefixes.length];
        for (int left = length; left > 0; left -= block) {
            int start = random.nextInt(length);
            int size = Math.min(block, left);
            for (int c = 0; c < sums.length; c++) {
                sums[c] += prefixes[c][start + size] - prefixes[c][start];
            }
        }
        return sums;
    }

    /**
     * The variance of a number that is a mean over time, without any drawing: the mean of the squares of what all blocks
     * differ by. It is what infinitely many resamples would come to.
     *
     * @param values what is averaged, ≥ 1, all finite
     * @param block length of a block, in [1, length]
     */
    public static double varianceOfMean(double[] values, int block) {
        int length = values.length;
        double mean = Arrays.stream(values).average().orElseThrow();
        double sum = 0;
        double blockSum = 0;
        for (int i = 0; i < block; i++) {
            blockSum += values[i % length] - mean;
        }
        for (int start = 0; start < length; start++) {
            sum += blockSum * blockSum;
            blockSum += values[(start + block) % length] - values[start];
        }
        return sum / length / block / length;
    }

    /**
     * The value below which a share of the replicates lies, interpolated.
     *
     * @param replicates ascending, ≥ 1
     * @param share in [0, 1]
     */
    public static double quantile(double[] replicates, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1], was " + share);
        }
        double place = share * (replicates.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(replicates.length - 1, below + 1);
        return replicates[below] + (place - below) * (replicates[above] - replicates[below]);
    }
}
