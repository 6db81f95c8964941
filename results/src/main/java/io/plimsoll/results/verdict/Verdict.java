package io.plimsoll.results.verdict;

import java.util.List;

/**
 * The judgement of a run.
 *
 * @param runId the run
 * @param stage the stage it ran
 * @param environment the environment it ran against
 * @param profile its load profile
 * @param outcome PASS, FAIL, INCONCLUSIVE or INVALID
 * @param reason why, in one sentence
 * @param validity the facts that decide whether the run can be relied on
 * @param claims every claim of the stage, in file order
 */
public record Verdict(
        String runId,
        String stage,
        String environment,
        String profile,
        Outcome outcome,
        String reason,
        List<ValidityCheck> validity,
        List<ClaimResult> claims) {
    public Verdict {
        validity = List.copyOf(validity);
        claims = List.copyOf(claims);
        if (outcome == Outcome.NOT_TESTED) {
            throw new IllegalArgumentException("verdict: a run that tested nothing is INCONCLUSIVE, not NOT_TESTED");
        }
    }
}
