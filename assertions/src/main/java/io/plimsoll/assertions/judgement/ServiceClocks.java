package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run read of the service's own clock. */
final class ServiceClocks {
    private static final String OFFSET = "service clock offset";
    private static final String ERROR = "service clock error";

    private ServiceClocks() {}

    /** The reading that is surely the furthest apart; empty if the service's answers told no time. */
    static Optional<ClockOffset> worst(Evidence evidence) {
        Map<Instant, Double> errors = evidence.series().stream()
                .filter(series -> series.name().equals(ERROR))
                .flatMap(series -> series.samples().stream())
                .collect(Collectors.toMap(Sample::start, Sample::value, Math::max));
        return evidence.series().stream()
                .filter(series -> series.name().equals(OFFSET))
                .map(Series::samples)
                .flatMap(samples -> samples.stream())
                .map(sample -> new ClockOffset(
                        Math.round(1000 * sample.value()), Math.round(1000 * errors.getOrDefault(sample.start(), 0.0))))
                .max(Comparator.comparingLong(offset -> Math.abs(offset.millis()) - offset.errorMillis()));
    }
}
