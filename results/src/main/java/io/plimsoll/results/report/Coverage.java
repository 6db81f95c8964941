package io.plimsoll.results.report;

import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a stage a run has shown.
 *
 * @param claims all claims of the stage
 * @param tested those that something exercised, whatever came out
 * @param passed those shown to hold
 */
record Coverage(long claims, long tested, long passed) {

    static Coverage of(Verdict verdict) {
        List<ClaimResult> claims = verdict.claims();
        return new Coverage(
                claims.size(),
                claims.stream()
                        .filter(claim -> claim.outcome() != Outcome.NOT_TESTED)
                        .count(),
                claims.stream().filter(claim -> claim.outcome() == Outcome.PASS).count());
    }

    /** {@code "4 of 27 claims tested, 4 pass"}. */
    String sentence() {
        return tested + " of " + Words.counted(claims, "claim") + " tested, " + passed
                + (passed == 1 ? " passes" : " pass");
    }

    /** Claims that were tested and do not pass. */
    long failed() {
        return tested - passed;
    }

    /** Claims that nothing exercised. */
    long untested() {
        return claims - tested;
    }

    /** The claims that were not tested, in file order, by the stage that makes them. */
    static Map<String, List<ClaimResult>> notTested(Verdict verdict) {
        Map<String, List<ClaimResult>> groups = new LinkedHashMap<>();
        for (ClaimResult claim : verdict.claims()) {
            if (claim.outcome() == Outcome.NOT_TESTED) {
                groups.computeIfAbsent(claim.stage(), stage -> new ArrayList<>())
                        .add(claim);
            }
        }
        return groups;
    }
}
