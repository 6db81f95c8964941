package io.plimsoll.assertions.slo;

import java.util.Arrays;
import java.util.List;

/** How a value is compared with its limit. */
public enum Comparison {
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    MORE(">");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    static List<String> symbols() {
        return Arrays.stream(values()).map(Comparison::symbol).toList();
    }

    /** Whether a value satisfies the limit; NaN never does. */
    public boolean holds(double value, double limit) {
        return switch (this) {
            case AT_MOST -> value <= limit;
            case AT_LEAST -> value >= limit;
            case LESS -> value < limit;
            case MORE -> value > limit;
        };
    }

    /** Whether large values are the bad ones. */
    public boolean boundsAbove() {
        return this == AT_MOST || this == LESS;
    }

    /** The comparison that holds for the opposite numbers: of −value and −limit. */
    public Comparison mirrored() {
        return switch (this) {
            case AT_MOST -> AT_LEAST;
            case AT_LEAST -> AT_MOST;
            case LESS -> MORE;
            case MORE -> LESS;
        };
    }
}
