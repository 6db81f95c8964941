package io.plimsoll.environments.local.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Values of one metric by second. Safe for several threads. */
final class MetricSeries {
    private final String unit;
    private final NavigableMap<Long, Aggregate> seconds = new TreeMap<>();

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
        Aggregate aggregate = seconds.computeIfAbsent(second, unused -> {
            if (!seconds.isEmpty()) {
                seconds.lastEntry().getValue().trim();
            }
            return new Aggregate();
        });
        addition.accept(aggregate);
        seconds.headMap(oldest).clear();
    }

    /** Whether a second of {@code [from, until)} has values. */
    synchronized boolean hasValues(long from, long until) {
        return from < until && !seconds.subMap(from, until).isEmpty();
    }

    /** Aggregates of each period of {@code [from, until)} that has values, by its first second. */
    synchronized List<Period> periods(long from, long until, long periodSeconds) {
        List<Period> periods = new ArrayList<>();
        if (from >= until) {
            return periods;
        }
        NavigableMap<Long, Aggregate> range = seconds.subMap(from, true, until, false);
        range.forEach((second, aggregate) -> {
            long start = Math.floorDiv(second, periodSeconds) * periodSeconds;
            if (periods.isEmpty() || periods.get(periods.size() - 1).start() != start) {
                periods.add(new Period(start, new Aggregate()));
            }
            periods.get(periods.size() - 1).aggregate().add(aggregate);
        });
        return periods;
    }

    /** One period and its values. */
    record Period(long start, Aggregate aggregate) {}
}
