package io.plimsoll.environments.local.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Names the seconds of the wall clock for a timer that fires once at the end of each: one after the other, none twice and
 * none left out although the timer may be early or late. If the clock is set, it follows. Used by one thread.
 */
public final class WallSeconds {
    private static final Duration CLOCK_WAS_SET = Duration.ofSeconds(5);

    private Instant next;

    /**
     * Begins with the second that {@code now} is in.
     *
     * @param now time at which the timer is set up
     */
    public WallSeconds(Instant now) {
        next = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Milliseconds from {@code now} to the end of its second, in [1, 1000]. */
    public static long millisToEnd(Instant now) {
        return 1_000 - Math.floorMod(now.toEpochMilli(), 1_000L);
    }

    /**
     * Start of the second that has just ended.
     *
     * @param now time at which the timer fired
     */
    public Instant ended(Instant now) {
        Instant latest = now.plusMillis(500).truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        if (Duration.between(next, latest).abs().compareTo(CLOCK_WAS_SET) > 0) {
            next = latest;
        }
        Instant ended = next;
        next = next.plusSeconds(1);
        return ended;
    }
}
