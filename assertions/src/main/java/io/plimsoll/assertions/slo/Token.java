package io.plimsoll.assertions.slo;

/**
 * A piece of an SLO.
 *
 * @param kind what it is
 * @param text the word, number or symbol; of a string what stands between its quotes
 * @param column from 0
 */
record Token(Kind kind, String text, int column) {
    enum Kind {
        WORD,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(expected);
    }

    /** How an error names it. */
    String described() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
