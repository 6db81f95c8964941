package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;

/**
 * One stretch of a load plan, in which the offered rate moves linearly.
 *
 * @param name how SLOs name it in {@code during}, such as {@code steady}
 * @param window when
 * @param fromRequestsPerSecond offered rate at its start, ≥ 0
 * @param toRequestsPerSecond offered rate at its end, ≥ 0
 */
public record Phase(String name, TimeWindow window, double fromRequestsPerSecond, double toRequestsPerSecond) {
    public Phase {
        if (!(fromRequestsPerSecond >= 0
                && toRequestsPerSecond >= 0
                && Double.isFinite(fromRequestsPerSecond + toRequestsPerSecond))) {
            throw new IllegalArgumentException("phase " + name + ": rates must be finite and >= 0, were "
                    + fromRequestsPerSecond + " and " + toRequestsPerSecond);
        }
    }

    /** Requests offered over the whole phase. */
    public double offeredRequests() {
        return (fromRequestsPerSecond + toRequestsPerSecond)
                / 2
                * window.length().toNanos()
                / 1e9;
    }
}
