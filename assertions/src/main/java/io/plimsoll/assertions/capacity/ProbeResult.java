package io.plimsoll.assertions.capacity;

import io.plimsoll.results.verdict.Outcome;

/**
 * What a probe showed.
 *
 * @param step what was asked for
 * @param outcome {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}
 * @param goodPerSecond requests a second that were answered OK
 */
public record ProbeResult(CapacitySearch.Probe step, Outcome outcome, double goodPerSecond) {
    public ProbeResult {
        if (outcome != Outcome.PASS && outcome != Outcome.FAIL && outcome != Outcome.INCONCLUSIVE) {
            throw new IllegalArgumentException("probe: outcome must be PASS, FAIL or INCONCLUSIVE, was " + outcome);
        }
        if (!(goodPerSecond >= 0 && Double.isFinite(goodPerSecond))) {
            throw new IllegalArgumentException(
                    "probe: good requests a second must be finite and >= 0, were " + goodPerSecond);
        }
    }
}
