package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;

/** A number of the client's that was the same all through the run. */
public final class SteadySeries {
    private SteadySeries() {}

    /** A catalogued metric of the client, with that value in every second. */
    public static Series of(String metric, TimeWindow window, double value) {
        Seconds seconds = Seconds.maxima();
        for (Instant at = window.start(); at.isBefore(window.end()); at = at.plusSeconds(1)) {
            seconds.add(at, value);
        }
        return seconds.series(metric, Probes.CLIENT);
    }
}
