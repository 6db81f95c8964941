package io.plimsoll.environments.local.balancer;

import java.time.Duration;

/**
 * How slow a network is made.
 *
 * @param latency added in each direction, in [0, 1 min]
 * @param bytesPerSecond most that a connection carries in each direction; 0 for no limit
 */
public record Throttle(Duration latency, long bytesPerSecond) {
    /** Nothing is slowed. */
    public static final Throttle NONE = new Throttle(Duration.ZERO, 0);

    public Throttle {
        if (latency.isNegative() || latency.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("latency must be in [0, 1 min], was " + latency);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytes per second must be >= 0, was " + bytesPerSecond);
        }
    }

    /** Whether nothing is slowed. */
    public boolean isNone() {
        return latency.isZero() && bytesPerSecond == 0;
    }

    /** How long so many bytes take at the limit, in nanoseconds; 0 without one. */
    public long nanosFor(int bytes) {
        return bytesPerSecond == 0 ? 0 : (long) (bytes * 1e9 / bytesPerSecond);
    }
}
