package io.plimsoll.environments.local.objectstore;

import java.util.ArrayList;
import java.util.List;

/** Counts accesses to the bucket, from one drain to the next. Safe for several threads. */
public final class StoreCounts {
    private List<Access> accesses = new ArrayList<>();

    /**
     * One answered request.
     *
     * @param method HTTP method
     * @param status what the client got
     * @param bytesIn of the request's body
     * @param bytesOut of the response's body
     * @param firstByteMillis from the request's arrival until its answer began
     * @param totalMillis from the request's arrival until its answer was sent
     */
    public record Access(
            String method, int status, long bytesIn, long bytesOut, double firstByteMillis, double totalMillis) {}

    synchronized void add(Access access) {
        accesses.add(access);
    }

    /** All accesses since the last call, in order of their ends. */
    public synchronized List<Access> drain() {
        List<Access> drained = accesses;
        accesses = new ArrayList<>();
        return drained;
    }
}
