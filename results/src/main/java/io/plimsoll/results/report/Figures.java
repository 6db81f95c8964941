package io.plimsoll.results.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers as they are printed, the same in every locale. */
final class Figures {
    private static final MathContext SIGNIFICANT = new MathContext(4, RoundingMode.HALF_UP);

    /** From here on a figure has its digits within a double's precision, */
    private static final double SMALL = 1e-6;
    /** and up to here; the product with a power of ten is then off by less than this. */
    private static final double LARGE = 1e9;

    private static final double UNDECIDED = 1e-6;

    private Figures() {}

    /** {@code 24,560}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Four significant digits, thousands grouped, no trailing zeros: {@code 1,235}, {@code 12.35}, {@code 0.0012}. */
    static String number(double value) {
        BigDecimal rounded = rounded(value);
        if (rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return rounded.toPlainString();
    }

    /** A number with its unit: {@code 12.35 ms}; just the number if the unit is empty. */
    static String quantity(double value, String unit) {
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    /** A ratio in [0, 1] as a percentage: {@code 0.25 %}. */
    static String percent(double ratio) {
        return number(ratio * 100) + " %";
    }

    /** An instant to the millisecond, in UTC: {@code 2026-11-24T10:00:00.250Z}. */
    static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Seconds with one decimal: {@code 12.4 s}. */
    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** Time since the origin of the time axis: {@code 1:05}, {@code -0:03}, {@code 1:02:05}; whole seconds, rounded. */
    static String elapsed(double seconds) {
        long whole = Math.round(Math.abs(seconds));
        String sign = seconds < 0 && whole > 0 ? "-" : "";
        long hours = whole / 3600;
        String minutes = hours > 0
                ? String.format(Locale.ROOT, "%d:%02d", hours, whole % 3600 / 60)
                : String.valueOf(whole / 60);
        return sign + minutes + String.format(Locale.ROOT, ":%02d", whole % 60);
    }

    /** Four significant digits without trailing zeros, plain notation when printed by {@code toPlainString}. */
    static BigDecimal rounded(double value) {
        int decimals = SIGNIFICANT.getPrecision() - 1;
        double leading = Math.abs(value);
        if (!(leading >= SMALL && leading < LARGE)) {
            return stripped(new BigDecimal(value).round(SIGNIFICANT));
        }
        for (; leading >= 10; leading /= 10) {
            decimals--;
        }
        for (; leading < 1; leading *= 10) {
            decimals++;
        }
        return rounded(value, decimals);
    }

    /**
     * The nearest decimal of so many places, the one farther from 0 of two, without trailing zeros. Reports print tens of
     * thousands, so the exact value of a double, of up to a thousand digits, is asked only where it decides.
     *
     * @param decimals places after the point; negative for tens, hundreds, …
     */
    static BigDecimal rounded(double value, int decimals) {
        double scaled = Math.abs(value) * Math.pow(10, decimals);
        double below = Math.floor(scaled);
        double rest = scaled - below;
        if (scaled < LARGE && Math.abs(rest - 0.5) > UNDECIDED) {
            long units = (long) below + (rest > 0.5 ? 1 : 0);
            return stripped(BigDecimal.valueOf(value < 0 ? -units : units, decimals));
        }
        return stripped(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    private static BigDecimal stripped(BigDecimal rounded) {
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }
}
