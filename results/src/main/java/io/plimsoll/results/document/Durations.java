package io.plimsoll.results.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    /** The largest unit that keeps the value ≥ 1, with at most three significant decimals: {@code 1.5 s}. */
    public static String print(Duration duration) {
        double nanos = duration.toNanos();
        if (nanos == 0) {
            return "0 s";
        }
        String unit = "us";
        for (String candidate : new String[] {"ms", "s", "min", "h", "d"}) {
            if (nanos >= NANOS.getOrDefault(candidate, 0L)) {
                unit = candidate;
            }
        }
        BigDecimal value = BigDecimal.valueOf(duration.toNanos())
                .divide(BigDecimal.valueOf(NANOS.getOrDefault(unit, 1L)), 3, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return value.toPlainString() + " " + unit;
    }
}
