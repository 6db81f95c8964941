package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.service.StaticContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.IntStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.middleware.EncryptedBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** S3Proxy on loopback with one bucket, whose files are encrypted (AES) by a password that nothing keeps. */
final class S3Server implements AutoCloseable {
    private static final int MOST_THREADS = 24;
    private static final System.Logger LOG = System.getLogger(S3Server.class.getName());

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** Keys of the client that may do everything. */
    record Keys(String id, String secret) {
        /** Keys that nobody can guess. */
        static Keys random() {
            return new Keys("AKIA" + S3Server.random(8).toUpperCase(Locale.ROOT), S3Server.random(20));
        }
    }

    /**
     * Starts a server and returns once its bucket is filled and it answers.
     *
     * @param directory where its files are
     * @throws ProcessException if it cannot be started
     */
    static S3Server start(Path directory, ObjectStoreSettings settings, Keys keys) {
        try {
            Files.createDirectories(directory);
            BlobStore store = encrypted(new FilesystemNio2BlobStore(directory.toString()));
            fill(store, settings);
            S3Proxy proxy = S3Proxy.builder()
                    .endpoint(URI.create("http://" + LoopbackPorts.ADDRESS + ":0"))
                    .blobStore(store)
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, keys.id(), keys.secret())
                    .ignoreUnknownHeaders(true)
                    .jettyMaxThreads(MOST_THREADS)
                    .stopTimeout(0)
                    .build();
            proxy.start();
            return new S3Server(proxy);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProcessException(settings.bucket() + ": S3Proxy cannot be started: " + e, e);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static BlobStore encrypted(BlobStore files) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.encrypted-blobstore", "true");
        properties.setProperty("s3proxy.encrypted-blobstore-password", random(16));
        properties.setProperty("s3proxy.encrypted-blobstore-salt", random(8));
        return new SiteStore(EncryptedBlobStore.newEncryptedBlobStore(files, properties));
    }

    /** Makes the bucket, readable by everyone, and puts the static files into it. */
    private static void fill(BlobStore store, ObjectStoreSettings settings) {
        String bucket = settings.bucket();
        store.createContainer(CreateBucketRequest.builder()
                .bucket(bucket)
                .acl(BucketCannedACL.PUBLIC_READ)
                .build());
        store.setContainerAccess(bucket, BucketCannedACL.PUBLIC_READ);
        IntStream.rangeClosed(1, settings.objects()).parallel().forEach(number -> {
            byte[] body = StaticContent.of(number);
            store.putBlob(
                    PutObjectRequest.builder()
                            .bucket(bucket)
                            .key("static/" + number)
                            .contentType("application/octet-stream")
                            .cacheControl("public, max-age=" + settings.maxAgeSeconds())
                            .contentLength((long) body.length)
                            .build(),
                    new ByteArrayInputStream(body));
        });
    }

    /** Port it listens on. */
    int port() {
        return proxy.getPort();
    }

    /** Whether it answers. */
    boolean isRunning() {
        return proxy.getState().equals("STARTED");
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "S3Proxy did not stop well", e);
        }
    }
}
