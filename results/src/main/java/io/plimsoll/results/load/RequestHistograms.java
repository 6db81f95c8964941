package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Every response time of a run in milliseconds, by request name, outcome and second of sending; immutable.
 *
 * <p>Values are kept as they are and become histograms only when asked for, so the longest response time is exact and
 * memory grows with what was seen: at most 8 bytes a request, and 8 bytes for each distinct response time of a name
 * within a second where those repeat. A name that is silent for a second costs nothing there.
 */
public final class RequestHistograms implements ClientRecord {
    private final NavigableMap<String, Map<RequestOutcome, PackedCells>> cells;

    private RequestHistograms(NavigableMap<String, Map<RequestOutcome, PackedCells>> cells) {
        this.cells = cells;
    }

    /** The record of a client that sent nothing. */
    public static RequestHistograms empty() {
        return new Builder().build();
    }

    @Override
    public SortedSet<String> requestNames() {
        return Collections.unmodifiableSortedSet(cells.navigableKeySet());
    }

    @Override
    public TimeWindow span() {
        List<PackedCells> all = selected(Set.of(), Set.of(RequestOutcome.values()));
        if (all.isEmpty()) {
            return new TimeWindow(Instant.EPOCH, Instant.EPOCH);
        }
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (PackedCells one : all) {
            first = Math.min(first, one.secondAt(0));
            last = Math.max(last, one.secondAt(one.size() - 1));
        }
        return new TimeWindow(Instant.ofEpochSecond(first), Instant.ofEpochSecond(last + 1));
    }

    @Override
    public long count(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window) {
        long sum = 0;
        for (PackedCells one : selected(names, outcomes)) {
            sum += one.count(one.indexOf(secondFrom(window.start())), one.indexOf(secondFrom(window.end())));
        }
        return sum;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The histogram resizes itself, so that others can be added to it.
     */
    @Override
    public Histogram responseTimes(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window) {
        Tally tally = new Tally();
        for (PackedCells one : selected(names, outcomes)) {
            one.addTo(tally, one.indexOf(secondFrom(window.start())), one.indexOf(secondFrom(window.end())));
        }
        return tally.histogram();
    }

    @Override
    public long longestMillis(Set<String> names, Set<RequestOutcome> outcomes, TimeWindow window) {
        long longest = 0;
        for (PackedCells one : selected(names, outcomes)) {
            longest = Math.max(
                    longest,
                    one.longest(one.indexOf(secondFrom(window.start())), one.indexOf(secondFrom(window.end()))));
        }
        return longest;
    }

    /** All cells, by name and outcome. */
    NavigableMap<String, Map<RequestOutcome, PackedCells>> cells() {
        return Collections.unmodifiableNavigableMap(cells);
    }

    private List<PackedCells> selected(Set<String> names, Set<RequestOutcome> outcomes) {
        List<PackedCells> selected = new ArrayList<>();
        for (String name : names.isEmpty() ? cells.keySet() : names) {
            cells.getOrDefault(name, Map.of()).forEach((outcome, one) -> {
                if (outcomes.contains(outcome)) {
                    selected.add(one);
                }
            });
        }
        return selected;
    }

    /** The first second that starts at or after an instant. */
    private static long secondFrom(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }

    /** Gathers requests; not safe for use by several threads. */
    public static final class Builder {
        private final NavigableMap<String, Map<RequestOutcome, PackedCells>> cells = new TreeMap<>();

        /**
         * Adds one request.
         *
         * @param name the request's name
         * @param outcome how it was judged
         * @param sent when it was sent, in milliseconds since the epoch
         * @param responseMillis its response time, ≥ 0
         */
        public Builder record(String name, RequestOutcome outcome, long sent, int responseMillis) {
            long second = Math.floorDiv(sent, 1000L);
            cells(name, outcome, second).add(second, responseMillis);
            return this;
        }

        /** The cells of one name and outcome, begun with that second if there are none yet. */
        PackedCells cells(String name, RequestOutcome outcome, long epochSecond) {
            return cells.computeIfAbsent(name, key -> new EnumMap<>(RequestOutcome.class))
                    .computeIfAbsent(outcome, key -> new PackedCells(epochSecond));
        }

        /** What was gathered. The builder must not be used afterwards. */
        public RequestHistograms build() {
            cells.values().forEach(byOutcome -> byOutcome.values().forEach(PackedCells::seal));
            return new RequestHistograms(cells);
        }
    }
}
