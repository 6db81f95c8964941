package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.net.URI;
import java.time.Instant;

/** A running object store. Safe for several threads. */
public final class ObjectStore implements AutoCloseable {
    private final ObjectStoreSettings settings;
    private final S3Server.Keys keys;
    private final S3Server server;
    private final StoreCounts counts = new StoreCounts();
    private final StoreFront front;
    private final Instant created = Instant.now();

    private ObjectStore(ObjectStoreSettings settings, S3Server.Keys keys, S3Server server) {
        this.settings = settings;
        this.keys = keys;
        this.server = server;
        this.front = new StoreFront(server.port(), counts);
    }

    /**
     * Starts a store and returns once its bucket is filled and it answers.
     *
     * @param guardian in whose directory its files are
     * @throws ProcessException if it cannot be started
     */
    public static ObjectStore start(Guardian guardian, ObjectStoreSettings settings) {
        S3Server.Keys keys = S3Server.Keys.random();
        return new ObjectStore(
                settings,
                keys,
                S3Server.start(guardian.directory().resolve("objects-" + settings.bucket()), settings, keys));
    }

    public ObjectStoreSettings settings() {
        return settings;
    }

    /** Accesses through {@link #endpoint()}: there is no other way to the store. */
    public StoreCounts counts() {
        return counts;
    }

    /** Where an S3 client is pointed at, with path-style addresses. */
    public URI endpoint() {
        return URI.create("http://" + LoopbackPorts.ADDRESS + ":" + front.port());
    }

    /** Where everyone can read the bucket's objects: a key is appended after a slash. */
    public URI bucketUrl() {
        return URI.create(endpoint() + "/" + settings.bucket());
    }

    /** Access key id of a client that may do everything. */
    public String keyId() {
        return keys.id();
    }

    /** Its secret access key. */
    public String secretKey() {
        return keys.secret();
    }

    /** How its bucket is described. */
    public BucketView view() {
        return new BucketView(
                settings.bucket(), endpoint(), created, server.isRunning(), BucketView.ENTIRE_BUCKET, "AES256", true);
    }

    @Override
    public void close() {
        front.close();
        server.close();
    }
}
