package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Event;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Moments that a probe saw. */
final class ClientEvents {
    private ClientEvents() {}

    /** A moment that SLOs can refer to by its mark. */
    static Event mark(Instant at, String mark, String summary, Map<String, String> further) {
        SortedMap<String, String> details = new TreeMap<>(further);
        details.put("mark", mark);
        return new Event(at, Event.Kind.CLIENT, Probes.CLIENT, summary, details);
    }
}
