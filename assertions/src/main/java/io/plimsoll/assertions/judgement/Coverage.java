package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A series aligned to the periods of a window.
 *
 * @param values one for each period whose value is known, in order; an implied zero counts as known
 * @param missing starts of the periods whose value is unknown
 * @param broken start of the first period whose value is a sentinel: the thing measured was broken
 */
record Coverage(List<Double> values, List<Instant> missing, Optional<Instant> broken) {
    Coverage {
        values = List.copyOf(values);
        missing = List.copyOf(missing);
    }

    /**
     * Aligns a series to the periods that lie wholly in a window. Periods start at multiples of their length since the
     * epoch, as CloudWatch's do.
     *
     * @param companion the series that proves life for a sparse metric; empty if there is none
     */
    static Coverage of(Series series, MetricDefinition metric, Optional<Series> companion, TimeWindow window) {
        Map<Instant, Double> known = byStart(series);
        Map<Instant, Double> alive = companion.map(Coverage::byStart).orElse(Map.of());
        List<Double> values = new ArrayList<>();
        List<Instant> missing = new ArrayList<>();
        Optional<Instant> broken = Optional.empty();
        for (Instant start : periods(window, series.period())) {
            Double value = known.get(start);
            if (value == null) {
                if (metric.absence() instanceof Absence.Sparse && alive.containsKey(start)) {
                    values.add(0.0);
                } else {
                    missing.add(start);
                }
            } else if (metric.absence() instanceof Absence.Sentinel sentinel && value == sentinel.value()) {
                broken = broken.or(() -> Optional.of(start));
            } else {
                values.add(value);
            }
        }
        return new Coverage(values, missing, broken);
    }

    private static Map<Instant, Double> byStart(Series series) {
        Map<Instant, Double> values = new HashMap<>();
        for (Sample sample : series.samples()) {
            values.put(floor(sample.start(), series.period()), sample.value());
        }
        return values;
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

    private static Instant floor(Instant instant, Duration period) {
        long millis = Math.max(1, period.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), millis) * millis);
    }
}
