package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A series aligned to the periods of a window.
 *
 * @param values those that are known, by start of their period; an implied zero counts as known
 * @param missing starts of the periods whose value is unknown
 * @param broken start of the first period whose value is a sentinel: the thing measured was broken
 */
record Coverage(NavigableMap<Instant, Double> values, List<Instant> missing, Optional<Instant> broken) {
    Coverage {
        values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
        missing = List.copyOf(missing);
    }

    /** No metric of AWS is larger, in bytes of a minute or otherwise. */
    private static final double LARGEST = 1e15;

    /** Datapoints that were expected, broken ones left out. */
    int expected() {
        return values.size() + missing.size();
    }

    /**
     * Aligns a series to the periods that lie wholly in a window. Periods start at multiples of their length since the
     * epoch, as CloudWatch's do.
     *
     * <p>A value that no measurement gives, below zero if it is not signed or beyond {@link #LARGEST}, is unknown.
     *
     * @param absence what a missing datapoint means
     * @param companion the series that proves life for a sparse metric; empty if there is none
     */
    static Coverage of(Series series, Absence absence, Optional<Series> companion, TimeWindow window) {
        Map<Instant, Double> known = byStart(series);
        Map<Instant, Double> alive = companion.map(Coverage::byStart).orElse(Map.of());
        NavigableMap<Instant, Double> values = new TreeMap<>();
        List<Instant> missing = new ArrayList<>();
        Optional<Instant> broken = Optional.empty();
        for (Instant start : periods(window, series.period())) {
            Double value = known.get(start);
            if (value != null && !isMeasured(value, absence)) {
                missing.add(start);
            } else if (value == null) {
                if (absence instanceof Absence.Sparse && alive.containsKey(start)) {
                    values.put(start, 0.0);
                } else {
                    missing.add(start);
                }
            } else if (absence instanceof Absence.Sentinel sentinel && value == sentinel.value()) {
                broken = broken.or(() -> Optional.of(start));
            } else {
                values.put(start, value);
            }
        }
        return new Coverage(values, missing, broken);
    }

    private static boolean isMeasured(double value, Absence absence) {
        boolean sentinel = absence instanceof Absence.Sentinel told && value == told.value();
        boolean signed = absence instanceof Absence.Signed;
        return sentinel || (value >= (signed ? -LARGEST : 0) && value <= LARGEST);
    }

    private static Map<Instant, Double> byStart(Series series) {
        Map<Instant, Double> values = new HashMap<>();
        for (Sample sample : series.samples()) {
            values.put(floor(sample.start(), series.period()), sample.value());
        }
        return values;
    }

    /** The part of a window that whole periods cover; all of it if there is none. */
    static TimeWindow whole(TimeWindow window, Duration period) {
        Instant start = floor(window.start(), period);
        Instant first = start.isBefore(window.start()) ? start.plus(period) : start;
        Instant end = floor(window.end(), period);
        return first.isBefore(end) ? new TimeWindow(first, end) : window;
    }

    /** Starts of the periods that lie wholly in a window. */
    static List<Instant> periods(TimeWindow window, Duration period) {
        List<Instant> starts = new ArrayList<>();
        Instant start = floor(window.start(), period);
        if (start.isBefore(window.start())) {
            start = start.plus(period);
        }
        while (!start.plus(period).isAfter(window.end())) {
            starts.add(start);
            start = start.plus(period);
        }
        return starts;
    }

    /** The start of the period that an instant lies in. */
    static Instant floor(Instant instant, Duration period) {
        long millis = Math.max(1, period.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), millis) * millis);
    }
}
