package io.plimsoll.environments.local.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.objectstore.StoreCounts.Access;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.service.StaticContent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** A store, asked by the SDK's S3 client and by one that knows no S3. */
class ObjectStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Guardian GUARDIAN = Guardian.start();
    private static final HttpClient PLAIN =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        store = ObjectStore.start(GUARDIAN, new ObjectStoreSettings("plimsoll-static", 5, 60));
    }

    @AfterAll
    static void stop() {
        store.close();
        GUARDIAN.close();
    }

    private static S3Client client(String secretKey) {
        return S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(client -> client.addExecutionInterceptor(new NoExpectation()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(store.keyId(), secretKey)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The JDK's kept connection is of no use after a refusal that came before the body was sent. */
    private static final class NoExpectation implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    private static HttpResponse<byte[]> send(String method, String key, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(store.bucketUrl() + "/" + key))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return PLAIN.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static List<Access> accesses(int expected) {
        List<Access> all = new ArrayList<>();
        assertThat(Await.until(
                        () -> {
                            all.addAll(store.counts().drain());
                            return all.size() >= expected;
                        },
                        LIMIT))
                .as("accesses %s", all)
                .isTrue();
        return all;
    }

    @Test
    void everyoneCanReadTheStaticFiles() throws Exception {
        HttpResponse<byte[]> answer = send("GET", "static/5", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(StaticContent.of(5));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=60");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(send("GET", "static/5", "", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(send("GET", "static/6", "").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyTheKeysCanWrite() throws Exception {
        assertThat(send("PUT", "photos/1", "stranger").statusCode()).isEqualTo(403);
        try (S3Client stranger = client("wrong")) {
            assertThatThrownBy(() -> stranger.putObject(
                            request -> request.bucket("plimsoll-static").key("photos/1"),
                            RequestBody.fromString("stranger")))
                    .isInstanceOf(S3Exception.class)
                    .satisfies(e -> assertThat(((S3Exception) e).statusCode()).isEqualTo(403));
        }
        try (S3Client client = client(store.secretKey())) {
            client.putObject(
                    request -> request.bucket("plimsoll-static").key("photos/1"), RequestBody.fromString("owner"));
        }
        assertThat(new String(send("GET", "photos/1", "").body(), StandardCharsets.UTF_8))
                .isEqualTo("owner");
    }

    @Test
    void theBucketSaysThatItEncryptsAndItsFilesAreEncrypted() throws Exception {
        String secret = "a text that must not be found on the disk";
        try (S3Client client = client(store.secretKey())) {
            client.putObject(
                    request -> request.bucket("plimsoll-static").key("photos/secret"), RequestBody.fromString(secret));
            assertThat(client.getBucketEncryption(request -> request.bucket("plimsoll-static"))
                            .serverSideEncryptionConfiguration()
                            .rules()
                            .get(0)
                            .applyServerSideEncryptionByDefault()
                            .sseAlgorithm())
                    .isEqualTo(ServerSideEncryption.AES256);
        }
        List<byte[]> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(GUARDIAN.directory().resolve("objects-plimsoll-static"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readAllBytes(file));
            }
        }
        assertThat(contents.size()).isGreaterThanOrEqualTo(6);
        assertThat(contents)
                .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("must not be found"));
        byte[] begin = Arrays.copyOf(StaticContent.of(1), 32);
        assertThat(contents).noneMatch(bytes -> Arrays.equals(Arrays.copyOf(bytes, 32), begin));
        assertThat(store.view().encryption()).isEqualTo("AES256");
    }

    @Test
    void everyAccessIsMeasured() throws Exception {
        store.counts().drain();
        send("GET", "static/1", "");
        send("GET", "static/9", "");
        send("PUT", "photos/2", "four");

        List<Access> accesses = accesses(3);

        assertThat(accesses).extracting(Access::method).containsExactly("GET", "GET", "PUT");
        assertThat(accesses).extracting(Access::status).containsExactly(200, 404, 403);
        assertThat(accesses.get(0).bytesOut()).isEqualTo(StaticContent.of(1).length);
        assertThat(accesses.get(2).bytesIn()).isEqualTo(4);
        assertThat(accesses).allMatch(one -> one.firstByteMillis() > 0 && one.totalMillis() >= one.firstByteMillis());
    }

    @Test
    void theMetricsOfASecondAreThoseOfS3() {
        RecordingSink sink = new RecordingSink();
        StoreMetrics metrics = new StoreMetrics(sink, "plimsoll-static", "EntireBucket");

        metrics.publish(Instant.EPOCH, List.of());
        assertThat(sink.values()).isEmpty();

        metrics.publish(
                Instant.EPOCH, List.of(new Access("GET", 200, 0, 10, 1.5, 2), new Access("PUT", 503, 7, 20, 3, 4)));

        String dimensions = "BucketName,FilterId";
        assertThat(sink.of("AllRequests", dimensions)).containsExactly(2.0);
        assertThat(sink.of("GetRequests", dimensions)).containsExactly(1.0);
        assertThat(sink.of("HeadRequests", dimensions)).isEmpty();
        assertThat(sink.of("4xxErrors", dimensions)).containsExactly(0.0);
        assertThat(sink.of("5xxErrors", dimensions)).containsExactly(1.0);
        assertThat(sink.of("BytesDownloaded", dimensions)).containsExactly(30.0);
        assertThat(sink.of("BytesUploaded", dimensions)).containsExactly(7.0);
        assertThat(sink.of("FirstByteLatency", dimensions)).containsExactly(1.5, 3.0);
        assertThat(sink.of("TotalRequestLatency", dimensions)).containsExactly(2.0, 4.0);
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new ObjectStoreSettings("b", 1_001, 0))
                .hasMessage("b: objects must be in [0, 1000], was 1001");
        assertThatThrownBy(() -> new ObjectStoreSettings("b", 1, -1)).hasMessage("b: max age must be >= 0, was -1");
    }
}
