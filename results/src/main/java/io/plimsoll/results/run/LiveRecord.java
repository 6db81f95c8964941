package io.plimsoll.results.run;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the lines of a {@link LiveJournal} together again. */
final class LiveRecord {
    /** Why a series of a killed run is not complete. */
    static final String NOTE = "only what was seen while the run went on; it was never gathered";

    private static final Comparator<Series> SAME = EvidenceFiles.BY_NAME
            .thenComparing(series -> series.origin().namespace())
            .thenComparing(series -> series.origin().dimensions().toString())
            .thenComparing(Series::period);

    private final Map<Series, TreeMap<Instant, Sample>> series = new TreeMap<>(SAME);
    private final List<Event> events = new ArrayList<>();
    private @Nullable Topology topology;

    void add(LiveJournal.Line line) {
        line.topology().ifPresent(seen -> topology = seen);
        line.series().ifPresent(part -> {
            TreeMap<Instant, Sample> samples = series.computeIfAbsent(part, key -> new TreeMap<>());
            part.samples().forEach(sample -> samples.put(sample.start(), sample));
        });
        line.event().ifPresent(events::add);
    }

    Optional<Topology> topology() {
        return Optional.ofNullable(topology);
    }

    /** Every series with all its datapoints, in order; none is complete. */
    List<Series> series() {
        List<Series> whole = new ArrayList<>();
        series.forEach((like, samples) -> whole.add(new Series(
                like.name(),
                like.kind(),
                like.resource(),
                like.origin(),
                like.unit(),
                like.period(),
                Series.Completeness.PARTIAL,
                NOTE,
                List.copyOf(samples.values()))));
        return whole;
    }

    /** Events in order of time. */
    List<Event> events() {
        return events.stream().sorted(EvidenceFiles.BY_TIME).toList();
    }
}
