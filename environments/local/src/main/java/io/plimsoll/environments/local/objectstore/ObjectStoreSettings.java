package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.service.StaticContent;

/**
 * An object store with one bucket.
 *
 * @param bucket its name
 * @param objects how many of the service's static files it holds at the start, from {@code static/1} on; in [0, 1000]
 * @param maxAgeSeconds how long they say they may be cached, {@code Cache-Control: max-age}
 */
public record ObjectStoreSettings(String bucket, int objects, int maxAgeSeconds) {
    public ObjectStoreSettings {
        if (objects < 0 || objects > StaticContent.FILES) {
            throw new IllegalArgumentException(
                    bucket + ": objects must be in [0, " + StaticContent.FILES + "], was " + objects);
        }
        if (maxAgeSeconds < 0) {
            throw new IllegalArgumentException(bucket + ": max age must be >= 0, was " + maxAgeSeconds);
        }
    }
}
