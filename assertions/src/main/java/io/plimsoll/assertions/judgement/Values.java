package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.results.observation.TimeWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as reasons print them. */
final class Values {
    private Values() {}

    /** A canonical value with the unit that reads best: {@code 312 ms}, {@code 98.7 %}. */
    static String print(double canonical, Dimension dimension) {
        return switch (dimension) {
            case TIME -> time(canonical);
            case RATIO -> number(canonical) + " %";
            case RATE -> number(canonical) + " /s";
            case SIZE -> size(canonical);
            case COUNT -> number(canonical);
        };
    }

    private static String time(double seconds) {
        if (Math.abs(seconds) < 1 && seconds != 0) {
            return number(seconds * 1000) + " ms";
        }
        return seconds < 120 ? number(seconds) + " s" : number(seconds / 60) + " min";
    }

    private static String size(double bytes) {
        if (bytes < 1024) {
            return number(bytes) + " B";
        }
        return bytes < 1024 * 1024 ? number(bytes / 1024) + " KiB" : number(bytes / (1024 * 1024)) + " MiB";
    }

    /** Four significant digits, without trailing zeros. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "not a number";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new java.math.MathContext(4, RoundingMode.HALF_UP));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
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
