package io.plimsoll.simulations.capacity;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.simulations.probe.DerivedSeries;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The result of a search as metrics of the client, so that SLOs can name it. A search without an answer has no datapoint,
 * and says why: an SLO about it is INCONCLUSIVE.
 */
public final class CapacitySeries {
    private static final String CAPACITY = "capacity";
    private static final String PER_INSTANCE = "capacity per instance";
    private static final String HEADROOM = "capacity headroom";

    /** Names of the metrics. */
    public static final Set<String> NAMES = Set.of(CAPACITY, PER_INSTANCE, HEADROOM);

    private CapacitySeries() {}

    /**
     * All of them.
     *
     * @param load when load was sent
     */
    public static List<Series> of(CapacityResult result, TimeWindow load) {
        return Stream.of(
                        series(CAPACITY, result.highestPassing(), result, load),
                        series(PER_INSTANCE, result.perInstance(), result, load),
                        series(HEADROOM, result.headroom().map(ratio -> ratio * 100), result, load))
                .toList();
    }

    private static Series series(String metric, Optional<Double> value, CapacityResult result, TimeWindow load) {
        Series known = DerivedSeries.constant(metric, value.orElse(0.0), load);
        return result.complete() && value.isPresent()
                ? known
                : new Series(
                        known.name(),
                        known.kind(),
                        known.resource(),
                        known.origin(),
                        known.unit(),
                        known.period(),
                        Series.Completeness.FAILED,
                        "the search gives no answer: " + result.reason(),
                        List.of());
    }
}
