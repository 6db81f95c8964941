package io.plimsoll.results.verdict;

import io.plimsoll.results.observation.TimeWindow;
import java.util.List;
import java.util.Optional;

/**
 * The judgement of one SLO.
 *
 * @param claim id of the claim it belongs to
 * @param slo the SLO as printed by the language
 * @param outcome PASS, FAIL or INCONCLUSIVE
 * @param reason one sentence that names limit, measured value, unit, window and sample count
 * @param measured the decisive value as text with its unit, such as {@code 312 ms}; empty if there was none
 * @param limit the limit as text with its unit
 * @param window what was judged; empty if it could not be determined
 * @param samples number of requests, datapoints or events the value rests on
 * @param resources for an SLO {@code for each} resource, the judgement of each; otherwise empty
 */
public record SloResult(
        String claim,
        String slo,
        Outcome outcome,
        String reason,
        Optional<String> measured,
        String limit,
        Optional<TimeWindow> window,
        long samples,
        List<ResourceResult> resources) {
    public SloResult {
        resources = List.copyOf(resources);
        if (reason.isBlank()) {
            throw new IllegalArgumentException(slo + ": every outcome must have a reason");
        }
    }

    /** One resource's part in an SLO {@code for each}. */
    public record ResourceResult(String resource, Outcome outcome, String reason, Optional<String> measured) {}
}
