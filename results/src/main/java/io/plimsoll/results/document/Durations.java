package io.plimsoll.results.document;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500 ms}, {@code 1.5 s}, {@code 7 min}, {@code 2 h}, {@code 30 d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d)");
    private static final Map<String, Long> NANOS = Map.of(
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "min", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);

    private static final Set<String> DECIMAL = Set.of("s", "ms");

    private Durations() {}

    /** The duration written so; empty if the text is not a number ≥ 0 with one of the units us, ms, s, min, h, d. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = NANOS.getOrDefault(matcher.group(2), 0L);
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    /**
     * A duration with at most three decimals, in the largest unit that keeps it ≥ 1: {@code 1.5 s}. Minutes, hours and
     * days are used only where that is exact, so that 100 s stay {@code 100 s}; smaller units round.
     */
    public static String print(Duration duration) {
        if (duration.isZero()) {
            return "0 s";
        }
        BigDecimal nanos = BigDecimal.valueOf(duration.toNanos());
        for (String unit : List.of("d", "h", "min", "s", "ms")) {
            BigDecimal length = BigDecimal.valueOf(NANOS.getOrDefault(unit, 1L));
            BigDecimal value = rounded(nanos, length);
            boolean exact = value.multiply(length).compareTo(nanos) == 0;
            if (value.abs().compareTo(BigDecimal.ONE) >= 0 && (exact || DECIMAL.contains(unit))) {
                return value.toPlainString() + " " + unit;
            }
        }
        return rounded(nanos, BigDecimal.valueOf(1000)).toPlainString() + " us";
    }

    private static BigDecimal rounded(BigDecimal nanos, BigDecimal length) {
        return nanos.divide(length, 3, RoundingMode.HALF_UP).stripTrailingZeros();
    }
}
