package io.plimsoll.environments.aws.disturb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Moments that a plan gives as AWS's, as they are here.
 *
 * @param clock the wall clock
 * @param timeScale factor on every duration, in (0, 1]
 */
record Moments(Clock clock, double timeScale) {
    /** So long from now, to the millisecond. */
    Instant after(Duration duration) {
        return Instant.ofEpochMilli(clock.millis() + Math.round(duration.toMillis() * timeScale));
    }
}
