package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spares series a second pull, since each is billed. A series whose first answer was complete, came after the delay with
 * which its source publishes, and held every period in which its resource existed, can change only if its source revises
 * what it published. A quarter of such series of each source are asked again: if none of them changed, the others stand;
 * if one did, all of that source are asked again until they settle by themselves.
 *
 * <p>So an hour of 60 series costs 1.25 metrics a series where nothing is late.
 */
final class Witnesses {
    private static final int ONE_IN = 4;
    /** Periods after a resource's start and before its end that no source publishes whole. */
    private static final int GRACE_PERIODS = 5;

    private final List<MetricProgress> all;
    private final TimeWindow window;
    private final Duration usual;
    private final Map<String, List<MetricProgress>> provisional = new LinkedHashMap<>();
    private final Set<MetricProgress> witnesses = new HashSet<>();

    /**
     * Nothing is chosen yet.
     *
     * @param window whole periods that are asked for
     * @param usual the environment's period
     */
    Witnesses(List<MetricProgress> all, TimeWindow window, Duration usual) {
        this.all = all;
        this.window = window;
        this.usual = usual;
    }

    /** Chooses after the first pull, which ended then. */
    void choose(Instant pulled) {
        Map<String, MetricProgress> byName = new LinkedHashMap<>();
        all.forEach(series -> byName.put(key(series.query().definition().name(), series), series));
        for (MetricProgress series : all) {
            MetricProgress proof = series.query().definition().absence() instanceof Absence.Sparse sparse
                    ? byName.getOrDefault(key(sparse.companion(), series), series)
                    : series;
            boolean late = !pulled.isBefore(window.end().plus(series.query().delay(usual)));
            if (late && series.answeredInFull() && proof.holds(expected(proof.query()))) {
                series.holdsAll();
                provisional
                        .computeIfAbsent(source(series), source -> new ArrayList<>())
                        .add(series);
            }
        }
        provisional.values().forEach(list -> {
            for (int i = 0; i < list.size(); i += ONE_IN) {
                witnesses.add(list.get(i));
            }
        });
    }

    /** Whether an open series is to be asked in the next pull. */
    boolean asked(MetricProgress series) {
        return !series.provisional() || witnesses.contains(series);
    }

    /** Draws the conclusion from a further pull. */
    void conclude() {
        provisional.forEach((source, list) -> {
            List<MetricProgress> heard =
                    list.stream().filter(witnesses::contains).toList();
            if (heard.stream().anyMatch(MetricProgress::revised)) {
                list.forEach(MetricProgress::doubted);
            } else if (heard.stream().allMatch(MetricProgress::done)) {
                list.forEach(MetricProgress::vouchedFor);
            }
        });
    }

    private List<Instant> expected(MetricQuery query) {
        Duration period = query.period(usual);
        TimeWindow whole = MetricReader.aligned(window, period);
        Resource resource = query.resource();
        Duration grace = period.multipliedBy(GRACE_PERIODS);
        List<Instant> starts = new ArrayList<>();
        for (Instant at = whole.start(); at.isBefore(whole.end()); at = at.plus(period)) {
            Instant start = at;
            boolean young = resource.existedFrom()
                    .filter(from -> start.isBefore(from.plus(grace)))
                    .isPresent();
            boolean old = resource.existedUntil()
                    .filter(until -> start.plus(period).isAfter(until.minus(grace)))
                    .isPresent();
            if (!young && !old) {
                starts.add(start);
            }
        }
        return starts;
    }

    private static String source(MetricProgress series) {
        return series.query().source().namespace() + " "
                + series.query().region().orElse("");
    }

    private static String key(String name, MetricProgress series) {
        return name + " of " + series.query().resource().id();
    }
}
