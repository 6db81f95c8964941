package io.plimsoll.results.observation;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of wall-clock time.
 *
 * @param start inclusive
 * @param end exclusive, not before {@code start}
 */
public record TimeWindow(Instant start, Instant end) {
    public TimeWindow {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("time window: end " + end + " is before start " + start);
        }
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
