package io.plimsoll.simulations.view;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a product saw.
 *
 * @param first the earliest, if anything
 * @param count how many log lines, events, incidents or reports
 */
record Sighting(Optional<Instant> first, long count) {
    static Sighting of(List<Instant> times) {
        return new Sighting(times.stream().min(Comparator.naturalOrder()), times.size());
    }
}
