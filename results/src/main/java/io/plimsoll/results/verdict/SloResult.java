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
 * @param warning that a stricter limit was passed, which does not change the outcome; empty if none was, or there is none
 * @param key whether it is named first where several decide
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
        List<ResourceResult> resources,
        Optional<String> warning,
        boolean key) {
    public SloResult {
        resources = List.copyOf(resources);
        if (reason.isBlank()) {
            throw new IllegalArgumentException(slo + ": every outcome must have a reason");
        }
    }

    /** A result without a warning, of an SLO that is not a key one. */
    public SloResult(
            String claim,
            String slo,
            Outcome outcome,
            String reason,
            Optional<String> measured,
            String limit,
            Optional<TimeWindow> window,
            long samples,
            List<ResourceResult> resources) {
        this(claim, slo, outcome, reason, measured, limit, window, samples, resources, Optional.empty(), false);
    }

    /** The same of a run that cannot be relied on. */
    public SloResult notReliedOn() {
        return new SloResult(
                claim,
                slo,
                outcome,
                "not relied on: " + reason,
                measured,
                limit,
                window,
                samples,
                resources,
                warning,
                key);
    }

    /** One resource's part in an SLO {@code for each}. */
    public record ResourceResult(String resource, Outcome outcome, String reason, Optional<String> measured) {}
}
