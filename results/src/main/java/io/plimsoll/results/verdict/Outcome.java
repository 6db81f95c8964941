package io.plimsoll.results.verdict;

/** What a judgement can say. */
public enum Outcome {
    /** Shown to hold. */
    PASS(0),
    /** Shown not to hold. */
    FAIL(2),
    /** Too little data, or the interval straddles the limit: neither was shown. */
    INCONCLUSIVE(3),
    /** The run itself cannot be relied on: neither pass nor fail counts. */
    INVALID(4),
    /** Nothing exercised the claim. Never the outcome of a run: a run that tested nothing is INCONCLUSIVE. */
    NOT_TESTED(3);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit code of the command line. */
    public int exitCode() {
        return exitCode;
    }
}
