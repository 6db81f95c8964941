package io.plimsoll.environments.local.estate;

import java.net.URI;
import java.time.Instant;

/**
 * A bucket of the object store.
 *
 * @param name its name
 * @param endpoint where an S3 client is pointed at, with path-style addresses
 * @param created when it was made
 * @param available whether its store runs
 * @param metricsFilter id of the request metrics' filter, a dimension of them
 * @param encryption algorithm that its objects are encrypted with on disk, such as {@code AES256}
 * @param publicRead whether everyone can read its objects
 */
public record BucketView(
        String name,
        URI endpoint,
        Instant created,
        boolean available,
        String metricsFilter,
        String encryption,
        boolean publicRead) {
    /** Id of the filter that leaves nothing out, as the console names it. */
    public static final String ENTIRE_BUCKET = "EntireBucket";
}
