package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.results.observation.TimeWindow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as reasons print them. */
final class Values {
    private static final int DIGITS = 4;

    private Values() {}

    /** A canonical value with the unit that reads best: {@code 312 ms}, {@code 98.7 %}. */
    static String print(double canonical, Dimension dimension) {
        return print(canonical, dimension, DIGITS);
    }

    private static String print(double canonical, Dimension dimension, int digits) {
        return switch (dimension) {
            case TIME -> time(canonical, digits);
            case RATIO -> number(canonical, digits) + " %";
            case RATE -> number(canonical, digits) + " /s";
            case SIZE -> size(canonical, digits);
            case THROUGHPUT -> size(canonical, digits) + "/s";
            case COUNT -> number(canonical, digits);
        };
    }

    /** A measured value with as many digits as it takes to see on which side of its limit it lies; at least four. */
    static String print(double canonical, Dimension dimension, Comparison comparison, double limit) {
        if (!Double.isFinite(canonical)) {
            return print(canonical, dimension);
        }
        for (int digits = DIGITS; digits < 17; digits++) {
            double rounded = rounded(canonical, digits).doubleValue();
            if (comparison.holds(rounded, limit) == comparison.holds(canonical, limit)
                    && (rounded == limit) == (canonical == limit)) {
                return print(canonical, dimension, digits);
            }
        }
        return print(canonical, dimension, 17);
    }

    private static String time(double seconds, int digits) {
        if (Math.abs(seconds) < 1 && seconds != 0) {
            return number(seconds * 1000, digits) + " ms";
        }
        return seconds < 120 ? number(seconds, digits) + " s" : number(seconds / 60, digits) + " min";
    }

    private static String size(double bytes, int digits) {
        if (bytes < 1024) {
            return number(bytes, digits) + " B";
        }
        return bytes < 1024 * 1024
                ? number(bytes / 1024, digits) + " KiB"
                : number(bytes / (1024 * 1024), digits) + " MiB";
    }

    /** Four significant digits, without trailing zeros. */
    static String number(double value) {
        return number(value, DIGITS);
    }

    static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "not a number";
        }
        BigDecimal rounded = rounded(value, digits);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal rounded(double value, int digits) {
        return BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_UP));
    }

    /** A count with thousands separated: {@code 14,201}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Seconds of a window: {@code 54 s}. */
    static String length(TimeWindow window) {
        return number(window.length().toMillis() / 1000.0) + " s";
    }
}
