package io.plimsoll.environments.local.balancer;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an instance may send: a bucket of credit that fills at its type's bandwidth and holds a tenth of a second of it. An
 * answer for which there is no credit waits its turn, and its packets count as beyond the allowance, as those do that ENA
 * queues. It is kept by the clock, as the virtual CPU is, and no thread waits. Safe for several threads.
 *
 * <p>Source: the generic cell rate algorithm, ITU-T I.371 (2004), annex A, as virtual scheduling.
 */
final class Uplink {
    private static final Duration CREDIT = Duration.ofMillis(100);
    /** Bytes of a packet on Ethernet, without jumbo frames. */
    private static final int PACKET = 1_500;

    private final double nanosPerByte;
    private final LongSupplier nanoClock;
    private long sentUntil;
    private long exceeded;

    /**
     * An uplink with all its credit.
     *
     * @param bytesPerSecond its bandwidth, ≥ 1
     * @param nanoClock monotonic clock, in nanoseconds
     */
    Uplink(long bytesPerSecond, LongSupplier nanoClock) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("uplink: bytes per second must be >= 1, was " + bytesPerSecond);
        }
        this.nanosPerByte = 1e9 / bytesPerSecond;
        this.nanoClock = nanoClock;
        this.sentUntil = nanoClock.getAsLong() - CREDIT.toNanos();
    }

    /** Takes an answer of so many bytes; how long from now until it has been sent, in nanoseconds, 0 within its credit. */
    synchronized long send(long bytes) {
        long now = nanoClock.getAsLong();
        sentUntil = Math.max(sentUntil, now - CREDIT.toNanos()) + Math.round(bytes * nanosPerByte);
        long wait = Math.max(0, sentUntil - now);
        if (wait > 0) {
            exceeded += (bytes + PACKET - 1) / PACKET;
        }
        return wait;
    }

    /** Packets that had to wait since this was last asked. */
    synchronized long drainExceeded() {
        long packets = exceeded;
        exceeded = 0;
        return packets;
    }
}
