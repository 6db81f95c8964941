package io.plimsoll.results.run;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import java.util.Comparator;
import java.util.Set;

/** Names of the files of an evidence directory, and the order of what they hold. */
final class EvidenceFiles {
    static final String FACTS = "run.json";
    static final String TOPOLOGY = "topology.json";
    static final String METRICS = "metrics.jsonl";
    static final String EVENTS = "events.jsonl";
    static final String REQUESTS = "requests.hlog";
    static final String INTEGRITY = "integrity.json";
    static final String LOG = "simulation.log";
    static final String LOG_ORIGIN = "simulation.log.json";
    static final String CAPACITY = "capacity.json";
    static final String INPUTS = "inputs";
    static final String INJECTORS = "injectors";
    static final String LIVE = "live.jsonl";
    static final String MANIFEST = "manifest.json";
    /** All files of the evidence but the manifest and the inputs. */
    static final Set<String> FILES =
            Set.of(FACTS, TOPOLOGY, METRICS, EVENTS, REQUESTS, INTEGRITY, LOG, LOG_ORIGIN, CAPACITY);

    /** The order of series. */
    static final Comparator<Series> BY_NAME = Comparator.comparing(Series::name)
            .thenComparing(Series::resource)
            .thenComparing(series -> series.origin().metric())
            .thenComparing(series -> series.origin().statistic());
    /** The order of events. */
    static final Comparator<Event> BY_TIME = Comparator.comparing(Event::at);

    private EvidenceFiles() {}
}
