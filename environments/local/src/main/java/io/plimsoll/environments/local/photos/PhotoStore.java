package io.plimsoll.environments.local.photos;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Objects of one bucket. Safe for several threads. */
public final class PhotoStore {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private final HttpClient client;
    private final URI bucket;
    private final SignatureV4 signature;

    /**
     * A client; nothing is sent yet.
     *
     * @param bucket URL of the bucket, without a final slash
     */
    public PhotoStore(HttpClient client, URI bucket, SignatureV4 signature) {
        this.client = client;
        this.bucket = bucket;
        this.signature = signature;
    }

    /** Stores an object, in place of one of that key. */
    public void put(String key, String mediaType, byte[] object) throws IOException {
        URI uri = URI.create(bucket + "/" + key);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(LIMIT).PUT(BodyPublishers.ofByteArray(object));
        signature
                .headers("PUT", uri, Map.of("content-type", mediaType), object, Instant.now())
                .forEach(request::header);
        int status = send(request.build()).statusCode();
        if (status != 200) {
            throw new IOException("the object store answered " + status + " to PUT " + uri.getPath());
        }
    }

    /** Reads an object, as everyone may; empty if there is none of that key. */
    public Optional<byte[]> get(String key) throws IOException {
        URI uri = URI.create(bucket + "/" + key);
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(uri).timeout(LIMIT).build());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw new IOException("the object store answered " + response.statusCode() + " to GET " + uri.getPath());
        }
        return Optional.of(response.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the object store was asked");
        }
    }
}
