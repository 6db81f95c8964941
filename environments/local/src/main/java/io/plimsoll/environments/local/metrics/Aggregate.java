package io.plimsoll.environments.local.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Values of one period: their sum, count and extremes always, the values themselves as far as they were published. */
final class Aggregate {
    /** Percentiles that a coarse aggregate still has exactly. */
    private static final double[] KEPT = {
        5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 98, 99, 99.5, 100
    };

    private static final double[] NONE = {};

    private double[] values = NONE;
    /** How often each value was measured; without elements if each was once. */
    private double[] counts = NONE;

    private int size;
    private double sampleCount;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private boolean raw = true;

    /** Adds a value that was measured {@code count} times. */
    void add(double value, double count) {
        keep(value, count);
        include(count, value * count, value, value);
    }

    /** Adds a set of values of which only the summary is known. Percentiles then exist only if all are equal. */
    void add(Summary summary) {
        if (summary.minimum() == summary.maximum()) {
            keep(summary.minimum(), summary.sampleCount());
        } else {
            raw = false;
        }
        include(summary.sampleCount(), summary.sum(), summary.minimum(), summary.maximum());
    }

    void add(Aggregate other) {
        for (int i = 0; i < other.size; i++) {
            keep(other.values[i], other.count(i));
        }
        raw = raw && other.raw;
        include(other.sampleCount, other.sum, other.minimum, other.maximum);
    }

    private void keep(double value, double count) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(4, 2 * size));
        }
        if (count != 1 && counts.length == 0) {
            counts = new double[values.length];
            Arrays.fill(counts, 0, size, 1);
        }
        if (counts.length > 0) {
            counts = counts.length < values.length ? Arrays.copyOf(counts, values.length) : counts;
            counts[size] = count;
        }
        values[size] = value;
        size++;
    }

    private double count(int index) {
        return counts.length == 0 ? 1 : counts[index];
    }

    private void include(double number, double total, double least, double most) {
        sampleCount += number;
        sum += total;
        minimum = Math.min(minimum, least);
        maximum = Math.max(maximum, most);
    }

    /** Whether it is one value that was measured once, which then is its sum. */
    boolean isOneValue() {
        return raw && size == 1 && sampleCount == 1;
    }

    double sampleCount() {
        return sampleCount;
    }

    double sum() {
        return sum;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    /**
     * The nearest-rank percentile: the smallest value that at least {@code percent} of the samples do not exceed.
     *
     * @param percent in (0, 100]
     * @return empty if only a summary is known of some of the samples
     */
    OptionalDouble percentile(double percent) {
        if (!raw || size == 0) {
            return OptionalDouble.empty();
        }
        double rank = rank(percent);
        double seen = 0;
        for (int i : order()) {
            seen += count(i);
            if (seen >= rank) {
                return OptionalDouble.of(values[i]);
            }
        }
        return OptionalDouble.of(maximum);
    }

    private double rank(double percent) {
        return Math.ceil(percent / 100 * sampleCount - 1e-9);
    }

    /** Indices of the values in order of size. */
    private int[] order() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** Gives back memory kept for further values. */
    void trim() {
        values = Arrays.copyOf(values, size);
        counts = counts.length == 0 ? NONE : Arrays.copyOf(counts, size);
    }

    /**
     * Keeps of many values only {@link #KEPT} percentiles, each for the samples up to it from the one before: a percentile
     * between two becomes the higher one. Count, sum and extremes stay exact.
     */
    void coarsen() {
        if (!raw || size <= KEPT.length) {
            return;
        }
        double[] kept = new double[KEPT.length];
        double[] weights = new double[KEPT.length];
        int groups = 0;
        double before = 0;
        double seen = 0;
        for (int i : order()) {
            seen += count(i);
            double within = before;
            for (double percent : KEPT) {
                double rank = rank(percent);
                within = rank > before && rank <= seen ? rank : within;
            }
            if (within > before) {
                kept[groups] = values[i];
                weights[groups] = within - before;
                groups++;
                before = within;
            }
        }
        values = Arrays.copyOf(kept, groups);
        counts = Arrays.copyOf(weights, groups);
        size = groups;
    }
}
