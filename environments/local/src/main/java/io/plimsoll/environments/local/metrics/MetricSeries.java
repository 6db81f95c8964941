package io.plimsoll.environments.local.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values of one metric by second. Most metrics have one value a second, which is kept in 20 bytes; of others all values are
 * kept for 5 minutes and then a selection. Safe for several threads.
 */
final class MetricSeries {
    private static final long EXACT_SECONDS = 300;

    private final String unit;

    /** Seconds that have values, ascending, at the indices in {@code [first, end)}. */
    private long[] seconds = new long[4];

    /** The value of each second that has one. */
    private double[] values = new double[4];

    /** The values of each second that has several; without elements while none has. */
    private @Nullable Aggregate[] several = {};

    private int first;
    private int end;

    /** Of seconds before this one a selection is kept. */
    private long coarseUntil = Long.MIN_VALUE;

    MetricSeries(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** Adds to a second and forgets those before {@code oldest}. */
    synchronized void add(long second, long oldest, Consumer<Aggregate> addition) {
        if (second < oldest) {
            return;
        }
        int found = Arrays.binarySearch(seconds, first, end, second);
        Aggregate aggregate = found < 0 ? new Aggregate() : at(found);
        addition.accept(aggregate);
        set(found < 0 ? insert(-found - 1, second) : found, aggregate);
        forget(oldest);
    }

    private Aggregate at(int index) {
        Aggregate found = several.length == 0 ? null : several[index];
        if (found == null) {
            found = new Aggregate();
            found.add(values[index], 1);
        }
        return found;
    }

    private void set(int index, Aggregate aggregate) {
        boolean one = aggregate.isOneValue();
        values[index] = aggregate.sum();
        if (!one && several.length == 0) {
            several = new Aggregate[seconds.length];
        }
        if (several.length > 0) {
            several[index] = one ? null : aggregate;
        }
    }

    /** Makes room for a second and returns its index. */
    private int insert(int wanted, long second) {
        int index = wanted;
        if (end == seconds.length) {
            index -= makeRoom();
        }
        move(index, index + 1, end - index);
        seconds[index] = second;
        end++;
        if (index == end - 1) {
            compact(index);
        }
        return index;
    }

    /** Gives up a quarter that has been forgotten, or takes half as much again; tells how far indices have moved. */
    private int makeRoom() {
        int gone = first;
        if (gone > seconds.length / 4) {
            move(first, 0, end - first);
            if (several.length > 0) {
                Arrays.fill(several, end - first, end, null);
            }
            first = 0;
            end -= gone;
            return gone;
        }
        int length = seconds.length + seconds.length / 2;
        seconds = Arrays.copyOf(seconds, length);
        values = Arrays.copyOf(values, length);
        several = several.length == 0 ? several : Arrays.copyOf(several, length);
        return 0;
    }

    private void move(int from, int to, int length) {
        System.arraycopy(seconds, from, seconds, to, length);
        System.arraycopy(values, from, values, to, length);
        if (several.length > 0) {
            System.arraycopy(several, from, several, to, length);
        }
    }

    /** A new second has begun: the one before will hardly get more values, and one of 5 minutes ago has become old. */
    private void compact(int newest) {
        long until = seconds[newest] - EXACT_SECONDS;
        if (several.length > 0) {
            change(Math.max(first, newest - 1), newest, Aggregate::trim);
            change(lowerBound(coarseUntil), lowerBound(until), Aggregate::coarsen);
        }
        coarseUntil = until;
    }

    private void change(int from, int until, Consumer<Aggregate> change) {
        for (int i = from; i < until; i++) {
            Aggregate aggregate = several[i];
            if (aggregate != null) {
                change.accept(aggregate);
            }
        }
    }

    private void forget(long oldest) {
        while (first < end && seconds[first] < oldest) {
            if (several.length > 0) {
                several[first] = null;
            }
            first++;
        }
    }

    /** Index of the first second that is not before this one. */
    private int lowerBound(long second) {
        int found = Arrays.binarySearch(seconds, first, end, second);
        return found < 0 ? -found - 1 : found;
    }

    /** Whether a second of {@code [from, until)} has values. */
    synchronized boolean hasValues(long from, long until) {
        return from < until && lowerBound(from) < lowerBound(until);
    }

    /** Aggregates of each period of {@code [from, until)} that has values, by its first second. */
    synchronized List<Period> periods(long from, long until, long periodSeconds) {
        List<Period> periods = new ArrayList<>();
        int last = from < until ? lowerBound(until) : 0;
        for (int i = lowerBound(from); i < last; i++) {
            long start = Math.floorDiv(seconds[i], periodSeconds) * periodSeconds;
            if (periods.isEmpty() || periods.get(periods.size() - 1).start() != start) {
                periods.add(new Period(start, new Aggregate()));
            }
            periods.get(periods.size() - 1).aggregate().add(at(i));
        }
        return periods;
    }

    /** One period and its values. */
    record Period(long start, Aggregate aggregate) {}
}
