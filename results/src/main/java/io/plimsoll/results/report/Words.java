package io.plimsoll.results.report;

import io.plimsoll.results.verdict.Outcome;

/** The words for outcomes, the same in every output. */
final class Words {
    private Words() {}

    /** PASS, FAIL, INCONCLUSIVE, INVALID or NOT TESTED. */
    static String of(Outcome outcome) {
        return outcome == Outcome.NOT_TESTED ? "NOT TESTED" : outcome.name();
    }

    /** {@code "1 claim"}, {@code "4 claims"}. */
    static String counted(long number, String noun) {
        return Figures.count(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
