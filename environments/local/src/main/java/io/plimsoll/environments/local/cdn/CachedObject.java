package io.plimsoll.environments.local.cdn;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An object as the origin gave it.
 *
 * @param status 200, 404 or 410
 * @param contentType of its body
 * @param etag with its quotes
 * @param lastModified as the origin wrote it
 * @param cacheControl as the origin wrote it
 * @param body read-only; to be duplicated before it is read
 * @param storedNanos when the origin last vouched for it, on the monotonic clock
 * @param freshNanos how long from then it is fresh
 */
record CachedObject(
        int status,
        Optional<String> contentType,
        Optional<String> etag,
        Optional<String> lastModified,
        Optional<String> cacheControl,
        ByteBuffer body,
        long storedNanos,
        long freshNanos) {
    boolean isFresh(long nowNanos) {
        return nowNanos - storedNanos < freshNanos;
    }

    /** Whether it is fresh or was so no longer ago than given. */
    boolean isUsable(long nowNanos, long staleNanos) {
        return nowNanos - storedNanos < freshNanos + staleNanos;
    }

    CachedObject refreshed(long nowNanos, long newFreshNanos) {
        return new CachedObject(status, contentType, etag, lastModified, cacheControl, body, nowNanos, newFreshNanos);
    }

    /** About the memory it takes. */
    int weight() {
        return body.remaining() + 512;
    }
}
