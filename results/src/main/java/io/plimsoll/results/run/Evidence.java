package io.plimsoll.results.run;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.util.List;

/**
 * All that a judgement rests on. The same evidence gives the same verdict anywhere.
 *
 * @param facts what was run
 * @param topology what it ran against
 * @param client what the client saw
 * @param integrity whether the client's log is whole
 * @param series metrics, ordered by name and resource
 * @param events events, ordered by time
 * @param faults what is wrong with the evidence itself (a file missing, a checksum that differs), one sentence each;
 *     empty if it is whole. Evidence with faults never passes
 */
public record Evidence(
        RunFacts facts,
        Topology topology,
        ClientRecord client,
        LogIntegrity integrity,
        List<Series> series,
        List<Event> events,
        List<String> faults) {
    public Evidence {
        series = List.copyOf(series);
        events = List.copyOf(events);
        faults = List.copyOf(faults);
    }
}
