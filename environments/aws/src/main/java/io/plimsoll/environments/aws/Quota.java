package io.plimsoll.environments.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket for each of two quotas of GetMetricData: calls and estimated datapoints a second. It holds one second's
 * worth and stays a fifth below AWS's figures, since others of the account share them.
 *
 * <p>AWS: 50 calls/s; 180,000 datapoints/s if the start lies within 3 h, else 396,000 (CloudWatch service quotas).
 */
final class Quota {
    private static final double CALLS_PER_SECOND = 40;
    private static final double RECENT_DATAPOINTS_PER_SECOND = 144_000;
    private static final double OLDER_DATAPOINTS_PER_SECOND = 316_800;
    private static final Duration RECENT = Duration.ofHours(3);
    private static final double NANOS = 1e9;

    private final Clock clock;
    private final Sleeper sleeper;
    private double calls = CALLS_PER_SECOND;
    private double datapoints = RECENT_DATAPOINTS_PER_SECOND;
    private Instant refilled;

    Quota(Clock clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.refilled = clock.instant();
    }

    /**
     * Waits until one more call is within both quotas, and takes it.
     *
     * @param estimated datapoints it asks for, whether or not they exist, &gt;= 0
     * @param start the earliest moment it asks about
     */
    synchronized void take(long estimated, Instant start) throws InterruptedException {
        boolean recent = start.isAfter(clock.instant().minus(RECENT));
        double perSecond = recent ? RECENT_DATAPOINTS_PER_SECOND : OLDER_DATAPOINTS_PER_SECOND;
        double needed = Math.min((double) estimated, perSecond);
        refill(perSecond);
        double wait = Math.max((1 - calls) / CALLS_PER_SECOND, (needed - datapoints) / perSecond);
        if (wait > 0) {
            sleeper.sleep(Duration.ofNanos((long) Math.ceil(wait * NANOS)));
            refill(perSecond);
        }
        calls -= 1;
        datapoints -= needed;
    }

    private void refill(double perSecond) {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(refilled, now).toNanos() / NANOS);
        calls = Math.min(CALLS_PER_SECOND, calls + seconds * CALLS_PER_SECOND);
        datapoints = Math.min(perSecond, datapoints + seconds * perSecond);
        refilled = now;
    }
}
