package io.plimsoll.environments.local.objectstore;

/**
 * An object store with one bucket.
 *
 * @param bucket its name
 * @param objects objects {@code static/1} to {@code static/<objects>} that it holds at the start, in [0, 10000]
 * @param objectBytes size of each of them, in [1, 1 MiB]
 * @param maxAgeSeconds how long they say they may be cached, {@code Cache-Control: max-age}
 */
public record ObjectStoreSettings(String bucket, int objects, int objectBytes, int maxAgeSeconds) {
    public ObjectStoreSettings {
        if (objects < 0 || objects > 10_000) {
            throw new IllegalArgumentException(bucket + ": objects must be in [0, 10000], was " + objects);
        }
        if (objectBytes < 1 || objectBytes > 1 << 20) {
            throw new IllegalArgumentException(bucket + ": object bytes must be in [1, 1048576], was " + objectBytes);
        }
        if (maxAgeSeconds < 0) {
            throw new IllegalArgumentException(bucket + ": max age must be >= 0, was " + maxAgeSeconds);
        }
    }
}
