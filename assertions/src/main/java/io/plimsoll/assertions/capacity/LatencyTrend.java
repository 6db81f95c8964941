package io.plimsoll.assertions.capacity;

import java.util.Arrays;
import java.util.List;

/**
 * Whether response times keep rising. A rate just beyond what a stack holds builds a queue slowly: its first seconds meet
 * every limit, and a short probe would pass. The trend tells.
 *
 * <p>The slope is the median of the slopes between all pairs of seconds, and is taken as real where Kendall's rank test
 * rejects "no trend" at 1 %. Sources: Theil (1950), Sen, JASA 63 (1968), Kendall, Rank Correlation Methods (1975),
 * chapter 4 (normal approximation with continuity correction, no ties).
 *
 * @param slopePerSecond how much the value rises each second, in its unit
 * @param atEnd the value that the trend line has at the end, in the same unit
 * @param rising whether the rise is more than noise
 */
public record LatencyTrend(double slopePerSecond, double atEnd, boolean rising) {
    /** With fewer seconds no trend can be shown. */
    public static final int FEWEST_SECONDS = 5;

    private static final double NORMAL_99_ONE_SIDED = 2.326;

    /**
     * The trend of a value over consecutive seconds.
     *
     * @param bySecond one finite value a second, such as the median response time in milliseconds
     */
    public static LatencyTrend of(List<Double> bySecond) {
        int size = bySecond.size();
        if (size < FEWEST_SECONDS) {
            double last = size == 0
                    ? 0
                    : median(bySecond.stream().mapToDouble(Double::doubleValue).toArray());
            return new LatencyTrend(0, last, false);
        }
        double[] slopes = new double[size * (size - 1) / 2];
        long concordance = 0;
        int next = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double rise = bySecond.get(j) - bySecond.get(i);
                slopes[next++] = rise / (j - i);
                concordance += (long) Math.signum(rise);
            }
        }
        double slope = median(slopes);
        double[] intercepts = new double[size];
        for (int i = 0; i < size; i++) {
            intercepts[i] = bySecond.get(i) - slope * i;
        }
        double deviation = Math.sqrt(size * (size - 1.0) * (2.0 * size + 5) / 18);
        boolean rising = (concordance - 1) / deviation > NORMAL_99_ONE_SIDED;
        return new LatencyTrend(slope, median(intercepts) + slope * (size - 1), rising);
    }

    /** The value after a further time, if the trend goes on; the value at the end if there is no rise. */
    public double after(double seconds) {
        return rising ? atEnd + slopePerSecond * seconds : atEnd;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
