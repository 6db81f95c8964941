package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.RunFacts;
import java.util.List;
import java.util.Optional;

/**
 * All that was observed of a run.
 *
 * @param topologyAtEnd every part that was seen at the start, meanwhile or at the end
 * @param series every catalogued metric of every part, ordered by name and resource
 * @param events scaling activities, alarms and target health, ordered by time
 * @param collection how observing went
 * @param clockOffset the endpoint's clock minus ours; empty if no answer told
 */
public record Observations(
        Topology topologyAtEnd,
        List<Series> series,
        List<Event> events,
        RunFacts.Collection collection,
        Optional<RunFacts.ClockOffset> clockOffset) {
    public Observations {
        series = List.copyOf(series);
        events = List.copyOf(events);
    }
}
