package io.plimsoll.results.load;

import io.plimsoll.results.observation.TimeWindow;

/**
 * One stretch of a load plan, in which the offered rate moves linearly.
 *
 * @param name how SLOs name it in {@code during}, such as {@code steady}
 * @param window when
 * @param fromRequestsPerSecond offered rate at its start, ≥ 0
 * @param toRequestsPerSecond offered rate at its end, ≥ 0
 * @param requestsPerUser how many requests a user sends on average if all goes well, > 0; 0 is taken for 1, as where
 *     evidence does not tell
 */
public record Phase(
        String name,
        TimeWindow window,
        double fromRequestsPerSecond,
        double toRequestsPerSecond,
        double requestsPerUser) {
    public Phase {
        if (!(requestsPerUser >= 0 && Double.isFinite(requestsPerUser))) {
            throw new IllegalArgumentException(
                    "phase " + name + ": requests per user must be finite and >= 0, was " + requestsPerUser);
        }
        requestsPerUser = requestsPerUser == 0 ? 1 : requestsPerUser;
        if (!(fromRequestsPerSecond >= 0
                && toRequestsPerSecond >= 0
                && Double.isFinite(fromRequestsPerSecond + toRequestsPerSecond))) {
            throw new IllegalArgumentException("phase " + name + ": rates must be finite and >= 0, were "
                    + fromRequestsPerSecond + " and " + toRequestsPerSecond);
        }
    }

    /** A phase whose users send one request each. */
    public Phase(String name, TimeWindow window, double fromRequestsPerSecond, double toRequestsPerSecond) {
        this(name, window, fromRequestsPerSecond, toRequestsPerSecond, 1);
    }

    /** The same with users of that many requests. */
    public Phase withRequestsPerUser(double requests) {
        return new Phase(name, window, fromRequestsPerSecond, toRequestsPerSecond, requests);
    }

    /** Users offered over the whole phase. */
    public double offeredUsers() {
        return offeredRequests() / requestsPerUser;
    }

    /** Requests offered over the whole phase. */
    public double offeredRequests() {
        return (fromRequestsPerSecond + toRequestsPerSecond)
                / 2
                * window.length().toNanos()
                / 1e9;
    }
}
