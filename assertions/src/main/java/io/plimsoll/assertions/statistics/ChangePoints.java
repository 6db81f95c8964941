package io.plimsoll.assertions.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Finds where a series of values changed for good: E-divisive means of Matteson and James (A Nonparametric Approach for
 * Multiple Change Point Analysis of Multivariate Data, JASA 109, 2014), as it is used on performance results by Daly et
 * al. (The Use of Change Point Detection to Identify Software Performance Regressions in a Continuous Integration System,
 * ICPE 2020).
 *
 * <p>A segment is cut where the energy distance between what lies before and after is the largest. The cut is kept if
 * less than {@link #SIGNIFICANT} of random orders of the same segment have one as large, and both parts are searched
 * again. Nothing is assumed of the distribution but that its mean exists.
 */
public final class ChangePoints {
    /** A change counts below this probability that chance alone would look like it. */
    public static final double SIGNIFICANT = 0.01;

    private static final int PERMUTATIONS = 499;

    private final double[] values;
    private final int shortest;
    private final SplittableRandom random;

    private ChangePoints(double[] values, int shortest, long seed) {
        this.values = values;
        this.shortest = shortest;
        this.random = new SplittableRandom(seed);
    }

    /**
     * One change.
     *
     * @param index of the first value after it, in [1, values)
     * @param probability that chance alone would look like it, in (0, {@link #SIGNIFICANT}]
     * @param before mean of the values from the change before it, or the start, up to it
     * @param after mean of the values from it up to the next change, or the end
     */
    public record Change(int index, double probability, double before, double after) {}

    /**
     * The changes of a series, ascending.
     *
     * @param values in order of time, all finite
     * @param shortest a segment has at least so many values, ≥ 2
     * @param seed of the random orders
     */
    public static List<Change> of(double[] values, int shortest, long seed) {
        if (!(shortest >= 2)) {
            throw new IllegalArgumentException("a segment must have at least 2 values, was " + shortest);
        }
        return new ChangePoints(values.clone(), shortest, seed).find();
    }

    /** A cut before a value, and its scaled energy distance. */
    record Cut(int index, double statistic) {}

    private record Kept(int index, double probability) {}

    private List<Change> find() {
        List<Kept> kept = new ArrayList<>();
        search(0, values.length, kept);
        TreeSet<Integer> edges = new TreeSet<>(List.of(0, values.length));
        kept.forEach(cut -> edges.add(cut.index()));
        List<Change> changes = new ArrayList<>();
        kept.stream()
                .sorted(java.util.Comparator.comparingInt(Kept::index))
                .forEach(cut -> changes.add(new Change(
                        cut.index(),
                        cut.probability(),
                        mean(floor(edges, cut.index()), cut.index()),
                        mean(cut.index(), ceiling(edges, cut.index())))));
        return List.copyOf(changes);
    }

    private static int floor(NavigableSet<Integer> edges, int index) {
        Integer edge = edges.lower(index);
        return edge == null ? 0 : edge;
    }

    private static int ceiling(NavigableSet<Integer> edges, int index) {
        Integer edge = edges.higher(index);
        return edge == null ? index : edge;
    }

    private double mean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private void search(int from, int to, List<Kept> kept) {
        if (to - from < 2 * shortest) {
            return;
        }
        double[] segment = java.util.Arrays.copyOfRange(values, from, to);
        Cut best = best(segment, shortest);
        if (!(best.statistic() > 0)) {
            return;
        }
        int asLarge = 0;
        for (int i = 0; i < PERMUTATIONS; i++) {
            shuffle(segment);
            // Rounding must not decide between equal statistics.
            asLarge += best(segment, shortest).statistic() >= best.statistic() * (1 - 1e-12) ? 1 : 0;
        }
        double probability = (asLarge + 1.0) / (PERMUTATIONS + 1.0);
        if (probability <= SIGNIFICANT) {
            kept.add(new Kept(from + best.index(), probability));
            search(from, from + best.index(), kept);
            search(from + best.index(), to, kept);
        }
    }

    private void shuffle(double[] segment) {
        for (int i = segment.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double swapped = segment[i];
            segment[i] = segment[j];
            segment[j] = swapped;
        }
    }

    /**
     * The cut with the largest scaled energy distance, by moving one value after the other from the right part to the
     * left: with sums of distances L, R within and B between parts of m and n values it is mn/(m+n) · (2B/mn − L/C(m,2) −
     * R/C(n,2)), equation 6 of the paper with α = 1.
     */
    static Cut best(double[] segment, int shortest) {
        int size = segment.length;
        double[] toLeft = new double[size];
        double[] toRight = new double[size];
        double total = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double distance = Math.abs(segment[i] - segment[j]);
                toLeft[i] += distance;
                toRight[j] += distance;
                total += distance;
            }
        }
        double left = 0;
        double right = total;
        Cut best = new Cut(0, 0);
        for (int m = 1; m <= size - shortest; m++) {
            left += toLeft[m - 1];
            right -= toRight[m - 1];
            if (m >= shortest) {
                double n = (double) size - m;
                double between = total - left - right;
                double statistic = m
                        * n
                        / (m + n)
                        * (2 * between / (m * n) - 2 * left / ((double) m * (m - 1)) - 2 * right / (n * (n - 1)));
                if (statistic > best.statistic()) {
                    best = new Cut(m, statistic);
                }
            }
        }
        return best;
    }
}
