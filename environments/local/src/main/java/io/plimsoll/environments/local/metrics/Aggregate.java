package io.plimsoll.environments.local.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Values of one period: their sum, count and extremes always, the values themselves as far as they were published. */
final class Aggregate {
    private double[] values = new double[1];
    private double[] counts = new double[1];
    private int size;
    private double sampleCount;
    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private boolean raw = true;

    /** Adds a value that was measured {@code count} times. */
    void add(double value, double count) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        values[size] = value;
        counts[size] = count;
        size++;
        include(new Summary(count, value * count, value, value));
    }

    /** Adds a set of values of which only the summary is known. Percentiles then exist only if all are equal. */
    void add(Summary summary) {
        if (summary.minimum() == summary.maximum()) {
            add(summary.minimum(), summary.sampleCount());
        } else {
            raw = false;
            include(summary);
        }
    }

    void add(Aggregate other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i], other.counts[i]);
        }
        if (!other.raw) {
            raw = false;
            sampleCount += other.sampleCount - other.rawCount();
            sum += other.sum - other.rawSum();
            minimum = Math.min(minimum, other.minimum);
            maximum = Math.max(maximum, other.maximum);
        }
    }

    private void include(Summary summary) {
        sampleCount += summary.sampleCount();
        sum += summary.sum();
        minimum = Math.min(minimum, summary.minimum());
        maximum = Math.max(maximum, summary.maximum());
    }

    private double rawCount() {
        return Arrays.stream(counts, 0, size).sum();
    }

    private double rawSum() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += values[i] * counts[i];
        }
        return total;
    }

    boolean isEmpty() {
        return sampleCount == 0;
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
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
        double rank = Math.ceil(percent / 100 * sampleCount - 1e-9);
        double seen = 0;
        for (int i : order) {
            seen += counts[i];
            if (seen >= rank) {
                return OptionalDouble.of(values[i]);
            }
        }
        return OptionalDouble.of(maximum);
    }

    /** Gives back memory kept for further values. */
    void trim() {
        values = Arrays.copyOf(values, size);
        counts = Arrays.copyOf(counts, size);
    }
}
