package io.plimsoll.results.verdict;

import java.util.List;

/**
 * The judgement of one claim: the worst of its SLOs, or NOT_TESTED.
 *
 * @param id such as {@code 5.1}
 * @param says the claim in words
 * @param stage name of the stage that makes it
 * @param outcome PASS only if every SLO passes
 * @param reason why, in one sentence
 * @param slos its SLOs in file order
 */
public record ClaimResult(String id, String says, String stage, Outcome outcome, String reason, List<SloResult> slos) {
    public ClaimResult {
        slos = List.copyOf(slos);
    }
}
