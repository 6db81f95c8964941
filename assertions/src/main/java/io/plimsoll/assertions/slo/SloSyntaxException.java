package io.plimsoll.assertions.slo;

/** An SLO that cannot be read. */
public final class SloSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    /**
     * What is wrong, and where.
     *
     * @param problem the rule and the value, with what is valid
     * @param slo the SLO as written
     * @param column from 0, where in the SLO
     */
    public SloSyntaxException(String problem, String slo, int column) {
        super(problem + "\n    " + slo.replaceAll("\\s", " ") + "\n    " + " ".repeat(Math.max(0, column)) + "^");
        this.problem = problem;
    }

    /** What is wrong, without the SLO and the caret. */
    public String problem() {
        return problem;
    }
}
