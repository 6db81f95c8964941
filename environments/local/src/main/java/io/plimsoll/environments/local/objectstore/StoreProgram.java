package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.Told;
import io.plimsoll.environments.local.service.StaticContent;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.middleware.EncryptedBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The program of the object store's process: S3Proxy on loopback, its files encrypted (AES). It reads {@code key=value}
 * lines from standard input up to an empty one, fills the bucket, writes {@code LISTENING <port>} to standard output, and
 * ends when its standard input does.
 */
public final class StoreProgram {
    /** Begins the line with the port. */
    static final String LISTENING = "LISTENING ";

    static final String DIRECTORY = "directory";
    static final String BUCKET = "bucket";
    static final String KEY_ID = "key-id";
    static final String SECRET_KEY = "secret-key";
    static final String ENCRYPTION_PASSWORD = "encryption-password";
    static final String ENCRYPTION_SALT = "encryption-salt";
    static final String OBJECTS = "objects";
    static final String MAX_AGE = "max-age";

    private static final Logger ROOT_LOG = Logger.getLogger("");
    private static final PrintStream OUT = System.out;

    private StoreProgram() {}

    public static void main(String[] arguments) throws Exception {
        ROOT_LOG.setLevel(Level.WARNING);
        BufferedReader input = Told.input();
        Told settings = Told.read(input);
        BlobStore store = encrypted(new FilesystemNio2BlobStore(settings.get(DIRECTORY)), settings);
        fill(store, settings);
        S3Proxy proxy = S3Proxy.builder()
                .endpoint(URI.create("http://" + LoopbackPorts.ADDRESS + ":0"))
                .blobStore(store)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, settings.get(KEY_ID), settings.get(SECRET_KEY))
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(24)
                .stopTimeout(0)
                .build();
        proxy.start();
        OUT.println(LISTENING + proxy.getPort());
        OUT.flush();
        Told.endWith(input);
    }

    private static BlobStore encrypted(BlobStore files, Told settings) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.encrypted-blobstore", "true");
        properties.setProperty("s3proxy.encrypted-blobstore-password", settings.get(ENCRYPTION_PASSWORD));
        properties.setProperty("s3proxy.encrypted-blobstore-salt", settings.get(ENCRYPTION_SALT));
        return new SiteStore(EncryptedBlobStore.newEncryptedBlobStore(files, properties));
    }

    /** Makes the bucket, readable by everyone, and puts the static files into it. */
    private static void fill(BlobStore store, Told settings) {
        String bucket = settings.get(BUCKET);
        store.createContainer(CreateBucketRequest.builder()
                .bucket(bucket)
                .acl(BucketCannedACL.PUBLIC_READ)
                .build());
        store.setContainerAccess(bucket, BucketCannedACL.PUBLIC_READ);
        int objects = Integer.parseInt(settings.get(OBJECTS));
        IntStream.rangeClosed(1, objects).parallel().forEach(number -> {
            byte[] body = StaticContent.of(number);
            store.putBlob(
                    PutObjectRequest.builder()
                            .bucket(bucket)
                            .key("static/" + number)
                            .contentType("application/octet-stream")
                            .cacheControl("public, max-age=" + settings.get(MAX_AGE))
                            .contentLength((long) body.length)
                            .build(),
                    new ByteArrayInputStream(body));
        });
    }
}
