package io.plimsoll.environments.local.cdn;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Counts requests, from one drain to the next. Safe for several threads. */
public final class EdgeCounts {
    private List<Served> served = new ArrayList<>();

    /** Where an answer came from, CloudFront's result types. */
    public enum Result {
        /** The cache: the object was fresh, or another request's answer of the origin was waited for. */
        HIT,
        /** The cache, after the origin said that the object is still the same. */
        REFRESH_HIT,
        /** The origin. */
        MISS,
        /** The cache, as the origin failed. */
        STALE,
        /** Nobody: the origin failed, or the request is not one the distribution takes. */
        ERROR
    }

    /**
     * One answered request.
     *
     * @param result where the answer came from
     * @param status what the client got
     * @param bytes of the body sent
     * @param originMillis from the request's arrival until the answer could begin; empty unless the origin was asked
     *     for it
     */
    public record Served(Result result, int status, long bytes, OptionalDouble originMillis) {}

    synchronized void add(Served one) {
        served.add(one);
    }

    /** All requests answered since the last call, in order. */
    public synchronized List<Served> drain() {
        List<Served> drained = served;
        served = new ArrayList<>();
        return drained;
    }
}
