package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult.ResourceResult;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one SLO.
 *
 * @param outcome PASS, FAIL or INCONCLUSIVE
 * @param reason one sentence
 * @param measured the decisive value with its unit
 * @param window what was judged
 * @param samples what the value rests on
 * @param resources each resource's part, for an SLO for each
 * @param warning that a stricter limit was passed; empty if none was
 * @param value the decisive value, canonical; NaN if there is none
 */
record Finding(
        Outcome outcome,
        String reason,
        Optional<String> measured,
        Optional<TimeWindow> window,
        long samples,
        List<ResourceResult> resources,
        Optional<String> warning,
        double value) {
    Finding {
        resources = List.copyOf(resources);
    }

    static Finding inconclusive(String reason, Optional<TimeWindow> window) {
        return new Finding(
                Outcome.INCONCLUSIVE, reason, Optional.empty(), window, 0, List.of(), Optional.empty(), Double.NaN);
    }

    /** The same, but not shown. */
    Finding doubted(String why) {
        return outcome == Outcome.PASS
                ? new Finding(
                        Outcome.INCONCLUSIVE,
                        reason + "; but " + why,
                        measured,
                        window,
                        samples,
                        resources,
                        warning,
                        value)
                : this;
    }
}
