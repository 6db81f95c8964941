package io.plimsoll.results.observation;

/** The unit a value is kept in; one per dimension, so that values of one kind always compare. */
public enum Unit {
    SECONDS("s"),
    PERCENT("%"),
    BYTES("B"),
    COUNT(""),
    PER_SECOND("/s");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    /** The symbol written after a number; empty for a plain count. */
    public String symbol() {
        return symbol;
    }
}
