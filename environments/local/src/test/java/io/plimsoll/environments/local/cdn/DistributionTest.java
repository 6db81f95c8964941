package io.plimsoll.environments.local.cdn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.cdn.EdgeCounts.Result;
import io.plimsoll.environments.local.cdn.EdgeCounts.Served;
import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.environments.local.tls.ServerTls;
import io.plimsoll.environments.local.tls.TrustingClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final FakeOrigin origin = new FakeOrigin();
    private final Certificates certificates = Certificates.of(TestCache.shared());
    private final Distribution distribution =
            Distribution.start(settings(origin.uri(), HOUR), Optional.of(new ServerTls(certificates)), executor);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Served> served = new ArrayList<>();

    private static DistributionSettings settings(URI origin, Duration defaultTtl) {
        return new DistributionSettings(
                "cdn",
                "cdn.plimsoll.test",
                origin,
                Duration.ZERO,
                defaultTtl,
                HOUR.multipliedBy(24),
                Duration.ofSeconds(10),
                HOUR,
                Duration.ofSeconds(2),
                1 << 20);
    }

    @AfterEach
    void close() {
        distribution.close();
        origin.close();
        executor.shutdownNow();
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + LoopbackPorts.ADDRESS + ":" + distribution.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers).join();
    }

    private List<Served> served(int expected) {
        assertThat(Await.until(
                        () -> {
                            served.addAll(distribution.counts().drain());
                            return served.size() >= expected;
                        },
                        LIMIT))
                .isTrue();
        return served;
    }

    private static String cache(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Cache").orElse("");
    }

    @Test
    void anObjectIsHadOnceFromTheOriginAndThenFromTheCache() {
        HttpResponse<String> first = get("/static/1?utm=x");
        HttpResponse<String> second = get("/static/1?utm=y");

        assertThat(cache(first)).isEqualTo("Miss from cloudfront");
        assertThat(cache(second)).isEqualTo("Hit from cloudfront");
        assertThat(second.body()).isEqualTo("version 1");
        assertThat(second.headers().firstValue("Content-Type")).contains("text/css");
        assertThat(second.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(second.headers().firstValue("Age")).isPresent();
        assertThat(origin.taken()).containsExactly("/bucket/static/1");
        assertThat(served(2)).extracting(Served::result).containsExactly(Result.MISS, Result.HIT);
        assertThat(served.get(0).originMillis()).isPresent();
        assertThat(served.get(1)).isEqualTo(new Served(Result.HIT, 200, 9, OptionalDouble.empty()));
    }

    @Test
    void headersAloneComeFromTheCacheTooAndAKnownObjectIsNotSentAgain() {
        get("/static/1");

        HttpResponse<String> head = send("HEAD", "/static/1").join();
        HttpResponse<String> known = get("/static/1", "If-None-Match", "\"1\"");
        HttpResponse<String> other = get("/static/1", "If-None-Match", "\"0\"");

        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).contains("9");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(origin.taken()).hasSize(1);
    }

    @Test
    void manyWhoWaitForOneObjectAskTheOriginOnce() {
        origin.hold();
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(send("GET", "/static/1"));
        }
        assertThat(Await.until(() -> origin.taken().size() == 1, LIMIT)).isTrue();
        origin.release();

        waiting.forEach(answer -> assertThat(answer.join().body()).isEqualTo("version 1"));
        assertThat(origin.taken()).hasSize(1);
        assertThat(served(20).stream().filter(one -> one.result() == Result.MISS))
                .hasSize(1);
        assertThat(served.stream().filter(one -> one.result() == Result.HIT)).hasSize(19);
    }

    @Test
    void anObjectThatMayNotBeKeptIsAskedForEachTimeWithItsETagUnknown() {
        origin.cacheControl("private, max-age=100");

        get("/a");
        get("/a");

        assertThat(origin.taken()).containsExactly("/bucket/a", "/bucket/a");
        assertThat(distribution.cachedObjects()).isZero();
    }

    @Test
    void withCachingOffEveryRequestIsTheOriginsAndOnceOnTheCacheFillsAgain() {
        get("/a");
        distribution.enableCaching(false);
        get("/a");
        get("/a");
        distribution.enableCaching(true);
        get("/a");
        get("/a");

        assertThat(origin.taken()).hasSize(4);
        assertThat(served(5))
                .extracting(Served::result)
                .containsExactly(Result.MISS, Result.MISS, Result.MISS, Result.MISS, Result.HIT);
        assertThat(distribution.view().caching()).isTrue();
    }

    @Test
    void anInvalidatedObjectIsHadAnew() {
        get("/static/1");
        get("/static/2");
        get("/other");
        distribution.invalidate("/static/*");
        origin.version("2");

        assertThat(get("/static/1").body()).isEqualTo("version 2");
        assertThat(get("/other").body()).isEqualTo("version 1");
    }

    @Test
    void anOriginThatCannotBeReachedIsABadGatewayAndAnErrorOfTheOriginIsPassedOn() {
        origin.answerWith(503);
        assertThat(get("/a").statusCode()).isEqualTo(503);
        origin.close();
        HttpResponse<String> answer = get("/b");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("the origin cannot be reached\n");
        assertThat(served(2)).extracting(Served::result).containsOnly(Result.ERROR);
    }

    @Test
    void anOriginThatDoesNotAnswerIsAGatewayTimeout() {
        origin.hold();

        assertThat(get("/a").statusCode()).isEqualTo(504);
        assertThat(get("/a").body()).isEqualTo("the origin does not answer\n");
    }

    @Test
    void otherMethodsThanGetAndHeadAreRefused() {
        assertThat(send("POST", "/a").join().statusCode()).isEqualTo(403);
        assertThat(send("DELETE", "/a").join().statusCode()).isEqualTo(403);
        assertThat(origin.taken()).isEmpty();
    }

    @Test
    void aMissingObjectIsRememberedForAWhile() {
        origin.answerWith(404);

        assertThat(get("/a").statusCode()).isEqualTo(404);
        assertThat(get("/a").statusCode()).isEqualTo(404);
        assertThat(origin.taken()).hasSize(1);
    }

    @Test
    void itIsServedOverTlsAndHttp2() throws Exception {
        HttpClient secure = TrustingClient.of(certificates.authority(), HttpClient.Version.HTTP_2);
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "https://localhost:" + distribution.securePort().orElseThrow() + "/a"))
                .build();

        HttpResponse<String> answer = secure.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("version 1");
    }

    @Test
    void theMetricsOfASecondAreCloudFronts() {
        RecordingSink sink = new RecordingSink();
        EdgeMetrics metrics = new EdgeMetrics(sink, "E1");

        metrics.publish(Instant.EPOCH, List.of());
        assertThat(sink.values()).isEmpty();

        metrics.publish(
                Instant.EPOCH,
                List.of(
                        new Served(Result.HIT, 200, 10, OptionalDouble.empty()),
                        new Served(Result.MISS, 200, 10, OptionalDouble.of(12)),
                        new Served(Result.ERROR, 502, 5, OptionalDouble.of(3))));

        String dimensions = "DistributionId,Region";
        assertThat(sink.of("Requests", dimensions)).containsExactly(3.0);
        assertThat(sink.of("BytesDownloaded", dimensions)).containsExactly(25.0);
        assertThat(sink.of("CacheHitRate", dimensions)).containsExactly(100.0, 0.0);
        assertThat(sink.of("5xxErrorRate", dimensions)).containsExactly(0.0, 0.0, 100.0);
        assertThat(sink.of("OriginLatency", dimensions)).containsExactly(12.0, 3.0);
        assertThat(sink.values().get(0).dimensions()).containsEntry("Region", "Global");
    }

    @Test
    void bestBeforeTimesOutOfOrderAreRefused() {
        assertThatThrownBy(() -> settings(origin.uri(), HOUR.multipliedBy(25)))
                .hasMessage("cdn: must be min TTL <= default TTL <= max TTL, were PT0S, PT25H, PT24H");
    }
}
