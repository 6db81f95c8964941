package io.plimsoll.environments.local.table;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Capacity of one kind, reads or writes, as it is provisioned and used: so many units a second, and what was not used of
 * them for a while. As with DynamoDB, what a request takes is known after it, so one may take more than is left; the next
 * are then refused until that is made up for. Safe for several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html">burst
 *     capacity</a>
 */
final class Throughput {
    private final double burstSeconds;
    private final LongSupplier nanoClock;
    private double unitsPerSecond;
    private double left;
    private long lastNanos;

    /**
     * With a second's units to begin with.
     *
     * @param unitsPerSecond provisioned, > 0
     * @param burst for how long units that are not used are kept
     * @param nanoClock monotonic clock, in nanoseconds
     */
    Throughput(double unitsPerSecond, Duration burst, LongSupplier nanoClock) {
        this.burstSeconds = Math.max(1, burst.toNanos() / 1e9);
        this.nanoClock = nanoClock;
        this.unitsPerSecond = unitsPerSecond;
        this.left = unitsPerSecond;
        this.lastNanos = nanoClock.getAsLong();
    }

    /** Whether a request may be carried out now. */
    synchronized boolean admits() {
        refill();
        return left > 0;
    }

    /** Takes what a request has consumed. */
    synchronized void take(double units) {
        refill();
        left -= units;
    }

    /** Provisions another number of units a second; what was kept is lost if it is more than may be kept now. */
    synchronized void provision(double units) {
        refill();
        unitsPerSecond = units;
        left = Math.min(left, unitsPerSecond * burstSeconds);
    }

    synchronized double unitsPerSecond() {
        return unitsPerSecond;
    }

    private void refill() {
        long now = nanoClock.getAsLong();
        left = Math.min(unitsPerSecond * burstSeconds, left + unitsPerSecond * (now - lastNanos) / 1e9);
        lastNanos = now;
    }
}
