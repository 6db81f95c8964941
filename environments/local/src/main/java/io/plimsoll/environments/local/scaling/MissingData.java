package io.plimsoll.environments.local.scaling;

/** CloudWatch's TreatMissingData: what a period without a datapoint counts as. */
public enum MissingData {
    MISSING("missing"),
    IGNORE("ignore"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching");

    private final String value;

    MissingData(String value) {
        this.value = value;
    }

    /** CloudWatch's word. */
    public String value() {
        return value;
    }
}
