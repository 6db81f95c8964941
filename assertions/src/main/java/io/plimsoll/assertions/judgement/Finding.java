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
 */
record Finding(
        Outcome outcome,
        String reason,
        Optional<String> measured,
        Optional<TimeWindow> window,
        long samples,
        List<ResourceResult> resources) {
    Finding {
        resources = List.copyOf(resources);
    }

    static Finding of(Outcome outcome, String reason, String measured, TimeWindow window, long samples) {
        return new Finding(outcome, reason, Optional.of(measured), Optional.of(window), samples, List.of());
    }

    static Finding inconclusive(String reason, TimeWindow window) {
        return new Finding(Outcome.INCONCLUSIVE, reason, Optional.empty(), Optional.of(window), 0, List.of());
    }

    static Finding inconclusive(String reason) {
        return new Finding(Outcome.INCONCLUSIVE, reason, Optional.empty(), Optional.empty(), 0, List.of());
    }
}
