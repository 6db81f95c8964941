package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import java.util.List;

/**
 * What a probe found.
 *
 * @param series by second
 * @param events single moments that matter
 */
public record Findings(List<Series> series, List<Event> events) {
    public Findings {
        series = List.copyOf(series);
        events = List.copyOf(events);
    }

    static Findings of(List<Series> series) {
        return new Findings(series, List.of());
    }
}
