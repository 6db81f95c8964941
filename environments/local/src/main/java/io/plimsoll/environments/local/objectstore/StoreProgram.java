package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.service.StaticContent;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Map<String, String> settings = read(input);
        BlobStore store = encrypted(new FilesystemNio2BlobStore(setting(settings, DIRECTORY)), settings);
        fill(store, settings);
        S3Proxy proxy = S3Proxy.builder()
                .endpoint(URI.create("http://" + LoopbackPorts.ADDRESS + ":0"))
                .blobStore(store)
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4, setting(settings, KEY_ID), setting(settings, SECRET_KEY))
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(24)
                .stopTimeout(0)
                .build();
        proxy.start();
        OUT.println(LISTENING + proxy.getPort());
        OUT.flush();
        String line = input.readLine();
        while (line != null) {
            line = input.readLine();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, String> read(BufferedReader input) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            int equals = line.indexOf('=');
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return settings;
    }

    private static BlobStore encrypted(BlobStore files, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("s3proxy.encrypted-blobstore", "true");
        properties.setProperty("s3proxy.encrypted-blobstore-password", setting(settings, ENCRYPTION_PASSWORD));
        properties.setProperty("s3proxy.encrypted-blobstore-salt", setting(settings, ENCRYPTION_SALT));
        return new SiteStore(EncryptedBlobStore.newEncryptedBlobStore(files, properties));
    }

    /** Makes the bucket, readable by everyone, and puts the static files into it. */
    private static void fill(BlobStore store, Map<String, String> settings) {
        String bucket = setting(settings, BUCKET);
        store.createContainer(CreateBucketRequest.builder()
                .bucket(bucket)
                .acl(BucketCannedACL.PUBLIC_READ)
                .build());
        store.setContainerAccess(bucket, BucketCannedACL.PUBLIC_READ);
        int objects = Integer.parseInt(setting(settings, OBJECTS));
        IntStream.rangeClosed(1, objects).parallel().forEach(number -> {
            byte[] body = StaticContent.of(number);
            store.putBlob(
                    PutObjectRequest.builder()
                            .bucket(bucket)
                            .key("static/" + number)
                            .contentType("application/octet-stream")
                            .cacheControl("public, max-age=" + setting(settings, MAX_AGE))
                            .contentLength((long) body.length)
                            .build(),
                    new ByteArrayInputStream(body));
        });
    }

    private static String setting(Map<String, String> settings, String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("setting " + key + " is missing");
        }
        return value;
    }
}
