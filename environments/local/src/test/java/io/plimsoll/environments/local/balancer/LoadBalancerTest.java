package io.plimsoll.environments.local.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.balancer.BalancerCounts.Exchange;
import io.plimsoll.environments.local.balancer.BalancerCounts.Origin;
import io.plimsoll.environments.local.estate.BalancerView.Rule;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<FakeTarget> targets = new ArrayList<>();
    private final Queue<String> accesses = new ConcurrentLinkedQueue<>();
    private final LoadBalancer balancer = LoadBalancer.start(
            new BalancerSettings(
                    "lb",
                    false,
                    List.of(
                            new Rule(List.of("POST"), List.of(), "writes"),
                            new Rule(List.of(), List.of("/only/*/here", "/exact"), "some"),
                            new Rule(List.of(), List.of("/*"), "tg")),
                    new HealthChecks(Duration.ofMillis(50), Duration.ofMillis(500), 2, 2, Duration.ofMillis(400))),
            List.of("a", "b"),
            Optional.of(new ServerTls(Certificates.of(TestCache.shared()))),
            new AccessLog("lb", "eu-west-1", "000000000000", entry -> accesses.add(entry.toString())),
            Duration.ofSeconds(2),
            timer);

    @AfterEach
    void close() {
        targets.forEach(FakeTarget::close);
        balancer.close();
        timer.shutdownNow();
    }

    private FakeTarget target(String id, String zone) {
        FakeTarget target = new FakeTarget(id);
        targets.add(target);
        balancer.group("tg").register(id, target.port(), zone);
        awaitHealth(id, Health.HEALTHY);
        return target;
    }

    private void awaitHealth(String id, Health health) {
        assertThat(Await.until(() -> health(id).equals(Optional.of(health)), LIMIT))
                .as(
                        "%s becomes %s, targets %s",
                        id, health, balancer.group("tg").views())
                .isTrue();
    }

    private Optional<Health> health(String id) {
        return balancer.group("tg").views().stream()
                .filter(view -> view.instanceId().equals(id))
                .map(TargetView::health)
                .findFirst();
    }

    private CompletableFuture<HttpResponse<String>> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + LoopbackPorts.ADDRESS + ":" + balancer.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<Exchange> exchanges(int expected) {
        List<Exchange> all = new ArrayList<>();
        assertThat(Await.until(
                        () -> {
                            all.addAll(balancer.counts().drain());
                            return all.size() >= expected;
                        },
                        LIMIT))
                .isTrue();
        return all;
    }

    private String access() {
        assertThat(Await.until(() -> !accesses.isEmpty(), LIMIT)).isTrue();
        return accesses.remove();
    }

    @Test
    void anAnsweredRequestIsLoggedInTheFormatOfAccessLogs() {
        FakeTarget target = target("i-1", "a");
        get("/items/7?a=b", "User-Agent", "a \"quoted\" agent", "X-Amzn-Trace-Id", "Root=1-2-3")
                .join();
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z";
        String there = LoopbackPorts.ADDRESS + ":" + target.port();
        assertThat(access())
                .matches("http " + time + " app/lb/[0-9a-f]{16} 127.0.0.1:\\d+ " + there
                        + " \\d+\\.\\d{3} \\d+\\.\\d{3} \\d+\\.\\d{3} 200 200 \\d+ \\d+ \"GET http://127.0.0.1:"
                        + balancer.port()
                        + "/items/7\\?a=b HTTP/1.1\" \"a \\\\x22quoted\\\\x22 agent\" - -"
                        + " arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/tg/[0-9a-f]{16}"
                        + " \"Root=1-2-3\" \"-\" \"-\" 3 " + time + " \"forward\" \"-\" \"-\" \"" + there
                        + "\" \"200\" \"-\" \"-\" -");
    }

    @Test
    void aRequestWithoutATargetIsLoggedWithoutOne() {
        get("/").join();
        assertThat(access())
                .contains(" - -1 -1 -1 503 - ")
                .contains(" HTTP/1.1\" \"Java-http-client/")
                .endsWith(" \"forward\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" -");
    }

    @Test
    void withoutAHealthyTargetItAnswers503ItselfAndNoTargetIsCounted() {
        assertThat(get("/").join().statusCode()).isEqualTo(503);

        assertThat(exchanges(1))
                .containsExactly(new Exchange(Optional.of("tg"), Optional.empty(), 503, Origin.BALANCER, 0));
    }

    @Test
    void aTargetsOwn503IsTheTargetsAndIsTimed() {
        target("one", "a").answerWith(503);

        assertThat(get("/").join().statusCode()).isEqualTo(503);

        List<Exchange> exchanges = exchanges(1);
        assertThat(exchanges).hasSize(1);
        assertThat(exchanges.get(0).origin()).isEqualTo(Origin.TARGET);
        assertThat(exchanges.get(0).zone()).contains("a");
        assertThat(exchanges.get(0).responseSeconds()).isBetween(0.000_001, 2.0);
    }

    @Test
    void aTargetThatCannotBeConnectedIsA502() {
        FakeTarget target = target("one", "a");
        target.close();

        assertThat(get("/").join().statusCode()).isEqualTo(502);

        assertThat(exchanges(1))
                .containsExactly(new Exchange(Optional.of("tg"), Optional.of("a"), 502, Origin.CONNECTION_ERROR, 0));
        awaitHealth("one", Health.UNHEALTHY);
        assertThat(balancer.group("tg").views().get(0).reason()).isEqualTo("Target.FailedHealthChecks");
        assertThat(get("/").join().statusCode()).isEqualTo(503);
    }

    @Test
    void aTargetThatBreaksOffIsA502AndTheRequestIsNotSentAgain() {
        FakeTarget target = target("one", "a");
        target.breakOff();

        assertThat(get("/").join().statusCode()).isEqualTo(502);

        assertThat(exchanges(1))
                .containsExactly(new Exchange(Optional.of("tg"), Optional.of("a"), 502, Origin.BALANCER, 0));
        assertThat(target.taken()).isEqualTo(1);
    }

    @Test
    void aTargetThatDoesNotAnswerInTimeIsA504() {
        FakeTarget target = target("one", "a");
        target.hold();

        assertThat(get("/").join().statusCode()).isEqualTo(504);

        assertThat(exchanges(1))
                .containsExactly(new Exchange(Optional.of("tg"), Optional.of("a"), 504, Origin.BALANCER, 0));
    }

    @Test
    void aRequestGoesToTheTargetWithTheFewestOutstanding() {
        FakeTarget one = target("one", "a");
        FakeTarget two = target("two", "b");
        one.hold();
        two.hold();

        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            int sent = i;
            held.add(get("/"));
            assertThat(Await.until(() -> one.taken() + two.taken() == sent, LIMIT))
                    .isTrue();
        }
        assertThat(one.taken()).isEqualTo(2);
        assertThat(two.taken()).isEqualTo(2);

        two.release();
        assertThat(Await.until(
                        () -> held.stream().filter(CompletableFuture::isDone).count() == 2, LIMIT))
                .isTrue();
        exchanges(2);
        get("/").join();
        get("/").join();

        assertThat(one.taken()).isEqualTo(2);
        assertThat(two.taken()).isEqualTo(4);
    }

    @Test
    void drainingGivesNoNewRequestAndLosesNone() {
        FakeTarget one = target("one", "a");
        one.hold();
        CompletableFuture<HttpResponse<String>> held = get("/");
        assertThat(Await.until(() -> one.taken() == 1, LIMIT)).isTrue();
        FakeTarget two = target("two", "b");

        balancer.group("tg").deregister("one");

        assertThat(health("one")).contains(Health.DRAINING);
        assertThat(get("/").join().statusCode()).isEqualTo(200);
        assertThat(two.taken()).isEqualTo(1);
        one.release();
        assertThat(held.join().statusCode()).isEqualTo(200);
        assertThat(Await.until(() -> health("one").isEmpty(), LIMIT)).isTrue();
        assertThat(one.taken()).isEqualTo(1);
    }

    @Test
    void anUnhealthyTargetGetsNoRequestUntilItIsWell() {
        FakeTarget one = target("one", "a");
        one.healthAnswers(500);
        awaitHealth("one", Health.UNHEALTHY);

        assertThat(balancer.group("tg").views().get(0).reason()).isEqualTo("Target.ResponseCodeMismatch");
        assertThat(balancer.group("tg").views().get(0).description())
                .isEqualTo("Health checks failed with these codes: [500]");
        assertThat(get("/").join().statusCode()).isEqualTo(503);

        one.healthAnswers(200);
        awaitHealth("one", Health.HEALTHY);
        assertThat(get("/").join().statusCode()).isEqualTo(200);
    }

    @Test
    void everyRequestIsCountedOnce() {
        target("one", "a");
        target("two", "b");

        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(get("/" + i));
        }
        all.forEach(CompletableFuture::join);

        assertThat(exchanges(200)).hasSize(200).allMatch(exchange -> exchange.status() == 200);
        assertThat(targets.get(0).taken() + targets.get(1).taken()).isEqualTo(200);
    }

    @Test
    void theFirstRuleThatTakesARequestChoosesItsTargetGroup() {
        for (String group : List.of("writes", "some", "tg")) {
            FakeTarget target = new FakeTarget(group);
            targets.add(target);
            balancer.group(group).register(group, target.port(), "a");
            assertThat(Await.until(() -> balancer.group(group).views().get(0).health() == Health.HEALTHY, LIMIT))
                    .isTrue();
        }

        for (String path : List.of("/only/this/here", "/exact", "/only/here", "/exactly", "/")) {
            assertThat(get(path).join().statusCode()).isEqualTo(200);
        }

        assertThat(exchanges(5))
                .extracting(exchange -> exchange.targetGroup().orElse(""))
                .containsExactly("some", "some", "tg", "tg", "tg");
    }

    @Test
    void tlsEndsAtTheBalancerAndHttp2IsSpokenWhileTheTargetGetsPlainHttp() throws Exception {
        target("one", "a");
        HttpClient secure =
                TrustingClient.of(Certificates.of(TestCache.shared()).authority(), HttpClient.Version.HTTP_2);
        URI uri = URI.create("https://localhost:" + balancer.securePort().orElseThrow() + "/");

        HttpResponse<String> answer =
                secure.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("one");
        assertThat(balancer.view().listeners()).hasSize(2);
        assertThat(balancer.view().listeners().get(1).certificate()).isPresent();
    }

    @Test
    void aStickyClientStaysWithItsTargetAndMovesOnceThatIsGone() {
        FakeTarget one = target("one", "a");
        target("two", "b");
        balancer.group("tg").stickiness(Optional.of(Duration.ofMinutes(1)));
        HttpResponse<String> first = get("/").join();
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("AWSALB=").contains("path=/").contains("Max-Age=60");
        assertThat(cookie).doesNotContain("one").doesNotContain("two");

        for (int i = 0; i < 6; i++) {
            assertThat(get("/", "Cookie", cookie.split(";", 2)[0]).join().body())
                    .isEqualTo(first.body());
        }
        (first.body().equals("one") ? one : targets.get(1)).healthAnswers(500);
        awaitHealth(first.body(), Health.UNHEALTHY);

        assertThat(get("/", "Cookie", cookie.split(";", 2)[0]).join().body()).isNotEqualTo(first.body());
    }

    @Test
    void withoutStickinessACookieIsNotHeededAndNoneIsSet() {
        target("one", "a");
        target("two", "b");
        balancer.group("tg").stickiness(Optional.of(Duration.ofMinutes(1)));
        String cookie = get("/").join().headers().firstValue("Set-Cookie").orElseThrow();
        balancer.group("tg").stickiness(Optional.empty());

        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(get("/", "Cookie", cookie.split(";", 2)[0]).join());
        }

        assertThat(answers).extracting(HttpResponse::body).contains("one", "two");
        assertThat(answers)
                .allMatch(answer -> answer.headers().firstValue("Set-Cookie").isEmpty());
    }

    @Test
    void aSlowNetworkAddsItsLatencyBothWaysToTheTargetsResponseTime() {
        target("one", "a");
        balancer.group("tg").throttle(new Throttle(Duration.ofMillis(100), 0));

        assertThat(get("/").join().statusCode()).isEqualTo(200);

        assertThat(exchanges(1).get(0).responseSeconds()).isGreaterThanOrEqualTo(0.2);
        balancer.group("tg").throttle(Throttle.NONE);
        assertThat(get("/").join().statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerThatExceedsWhatItsTargetMaySendWaitsAndItsPacketsAreCounted() {
        balancer.group("tg").uplink(1_000);
        target("one", "a");

        assertThat(get("/").join().statusCode())
                .isEqualTo(200); // a head of 200 bytes, for which there is credit for 100

        assertThat(exchanges(1).get(0).responseSeconds()).isGreaterThanOrEqualTo(0.1);
        assertThat(balancer.group("tg").drainExceeded("one")).isEqualTo(1);
        assertThat(balancer.group("tg").drainExceeded("another")).isZero();
    }

    @Test
    void aRequestThatIsStillWithATargetWhenItsDelayIsOverIsBrokenOff() {
        FakeTarget one = target("one", "a");
        one.hold();
        CompletableFuture<HttpResponse<String>> held = get("/");
        assertThat(Await.until(() -> one.taken() == 1, LIMIT)).isTrue();

        balancer.group("tg").deregister("one");

        assertThat(held.join().statusCode()).isEqualTo(502);
        assertThat(health("one")).isEmpty();
    }

    @Test
    void connectionsAndBytesOfClientsAreCounted() {
        target("one", "a");
        long before = balancer.traffic().bytes();

        get("/").join();

        assertThat(Await.until(() -> balancer.traffic().bytes() > before, LIMIT))
                .isTrue();
        assertThat(balancer.traffic().activeConnections()).isEqualTo(1);
    }
}
