package io.plimsoll.results.report;

import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a verdict rests on, in numbers.
 *
 * @param requests requests the client sent
 * @param errors those whose response did not pass the client's checks
 * @param samples datapoints of all series
 * @param series series with at least one datapoint
 * @param events events seen
 * @param checks validity checks made
 * @param held those that hold
 */
record Basis(long requests, long errors, long samples, long series, long events, long checks, long held) {

    static Basis of(Verdict verdict, Evidence evidence) {
        TimeWindow span = evidence.client().span();
        return new Basis(
                evidence.client().count(Set.of(), EnumSet.allOf(RequestOutcome.class), span),
                evidence.client().count(Set.of(), EnumSet.of(RequestOutcome.KO), span),
                evidence.series().stream()
                        .map(Series::samples)
                        .mapToLong(java.util.List::size)
                        .sum(),
                evidence.series().stream()
                        .filter(series -> !series.samples().isEmpty())
                        .count(),
                evidence.events().size(),
                verdict.validity().size(),
                verdict.validity().stream()
                        .filter(check -> check.outcome() == Outcome.PASS)
                        .count());
    }

    /** One sentence: requests, samples, events and validity. */
    String sentence() {
        return "Rests on " + Words.counted(requests, "request") + " (" + Words.counted(errors, "error") + "), "
                + Words.counted(samples, "metric sample") + " in " + Figures.count(series) + " series, "
                + Words.counted(events, "event") + "; " + held + " of " + Words.counted(checks, "validity check")
                + (held == 1 ? " holds." : " hold.");
    }

    /** How long the run took from its begin to the end of its evidence; empty if it never ended. */
    static java.util.Optional<Duration> length(Evidence evidence) {
        return evidence.facts()
                .ended()
                .map(ended -> Duration.between(evidence.facts().started(), ended));
    }
}
