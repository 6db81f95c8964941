package io.plimsoll.assertions.slo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * In how much of its window an SLO must hold: {@code in 99 % of seconds}.
 *
 * @param percent in (0, 100]
 */
public record TimeShare(BigDecimal percent, Slice slice) {
    public TimeShare {
        if (!(percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0)) {
            throw new IllegalArgumentException(
                    "a share of a window must be in (0, 100] %, was " + percent.toPlainString());
        }
    }

    /** What a window is cut into. */
    public enum Slice {
        /** Whole seconds, for what the client saw. */
        SECONDS,
        /** Whole minutes, for what the client saw. */
        MINUTES,
        /** The periods of the metrics. */
        PERIODS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<String> words() {
            return Stream.of(values()).map(Slice::word).toList();
        }
    }

    @Override
    public String toString() {
        return "in " + percent.toPlainString() + " % of " + slice.word();
    }
}
