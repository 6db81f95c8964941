package io.plimsoll.environments.local.service;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A processor that is kept by the clock: work is done in order of arrival, each piece takes its cost divided by the
 * number of vCPUs, and a piece is done when the clock says so. No thread waits and no real processor works, so an instance
 * saturates at the same rate on any machine. Safe for several threads.
 */
public final class VirtualCpu {
    private final double vcpus;
    private final long queueLimitNanos;
    private final LongSupplier nanoClock;
    private long busyUntil;
    private long acceptedNanos;

    /**
     * A processor that is idle.
     *
     * @param vcpus number of virtual CPUs, > 0
     * @param queueLimit work that would have to wait longer than this before it begins is refused
     * @param nanoClock monotonic clock, in nanoseconds
     */
    public VirtualCpu(double vcpus, Duration queueLimit, LongSupplier nanoClock) {
        if (!(vcpus > 0)) {
            throw new IllegalArgumentException("virtual CPU: vcpus must be > 0, was " + vcpus);
        }
        this.vcpus = vcpus;
        this.queueLimitNanos = queueLimit.toNanos();
        this.nanoClock = nanoClock;
        this.busyUntil = nanoClock.getAsLong();
    }

    /**
     * Takes a piece of work in.
     *
     * @param cost time it takes on one vCPU
     * @return how long from now it is done, in nanoseconds; empty if it was refused
     */
    public synchronized OptionalLong admit(Duration cost) {
        long now = nanoClock.getAsLong();
        long begin = Math.max(now, busyUntil);
        if (begin - now > queueLimitNanos) {
            return OptionalLong.empty();
        }
        long nanos = Math.round(cost.toNanos() / vcpus);
        busyUntil = begin + nanos;
        acceptedNanos += nanos;
        return OptionalLong.of(busyUntil - now);
    }

    /** How long it has been busy since it was made, in nanoseconds; grows by at most the time that passes. */
    public synchronized long busyNanos() {
        return acceptedNanos - Math.max(0, busyUntil - nanoClock.getAsLong());
    }
}
