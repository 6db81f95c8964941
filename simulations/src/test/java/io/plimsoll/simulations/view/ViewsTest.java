package io.plimsoll.simulations.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plimsoll.environments.aws.descriptor.View;
import io.plimsoll.environments.aws.descriptor.View.Product;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the shapes of answers that each product's API documentation shows. */
class ViewsTest {
    private static final Instant FAULT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final TimeWindow RUN = new TimeWindow(FAULT, FAULT.plusSeconds(2));

    private final List<String> requests = new ArrayList<>();
    private HttpServer server = unstarted();
    private int status = 200;
    private String answer = "";

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            String token = headers.getFirst("Authorization") == null
                    ? headers.getFirst("API-Key")
                    : headers.getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " "
                    + URLDecoder.decode(exchange.getRequestURI() + " " + body, StandardCharsets.UTF_8)
                            .strip() + " | " + token);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void splunkStreamsItsResultsLineByLine() throws InterruptedException {
        answer = """
                {"preview":false,"offset":0,"result":{"_raw":"ERROR a","_time":"2026-01-01T00:00:09.500+00:00"}}
                {"preview":false,"offset":1,"lastrow":true,"result":{"_raw":"ERROR b","_time":"2026-01-01T01:00:07.250+01:00"}}
                """;

        assertThat(values(Product.SPLUNK, Map.of("search", "index=app ERROR")))
                .containsExactly("splunk delay 7.25", "splunk sightings 2.0");
        assertThat(requests)
                .containsExactly("POST /services/search/jobs/export earliest_time=1767225600.000"
                        + "&latest_time=1767225660.000&output_mode=json&preview=false&search=search index=app ERROR"
                        + " | Bearer t0ken");
    }

    @Test
    void newRelicCountsEventsByNerdGraph() throws InterruptedException {
        answer = """
                {"data": {"actor": {"account": {"nrql": {"results": [
                  {"count": 3, "earliest.timestamp": 1767225604000}]}}}}}
                """;

        assertThat(values(Product.NEW_RELIC, Map.of("account", "1", "from", "TransactionError")))
                .containsExactly("new-relic delay 4.0", "new-relic sightings 3.0");
        assertThat(requests.get(0))
                .contains("SELECT count(*), earliest(timestamp) FROM TransactionError SINCE 1767225600000 UNTIL"
                        + " 1767225660000")
                .endsWith("| t0ken");
    }

    @Test
    void pagerDutyListsItsIncidents() throws InterruptedException {
        answer = """
                {"incidents": [
                  {"id": "PT4KHLK", "incident_number": 1, "status": "triggered", "created_at": "2026-01-01T00:00:20Z"}],
                 "limit": 100, "offset": 0, "total": null, "more": false}
                """;

        assertThat(values(Product.PAGERDUTY, Map.of("service", "PSVC1")))
                .containsExactly("pagerduty delay 20.0", "pagerduty sightings 1.0");
        assertThat(requests.get(0))
                .isEqualTo("GET /incidents?limit=100&service_ids[]=PSVC1&since=2026-01-01T00:00:00Z"
                        + "&until=2026-01-01T00:01:00Z | Token token=t0ken");
    }

    @Test
    void sentryListsItsReportsAndThoseOfOtherTimesDoNotCount() throws InterruptedException {
        answer = """
                [{"eventID": "b", "title": "IOException", "dateCreated": "2026-01-01T00:00:31Z"},
                 {"eventID": "a", "title": "IOException", "dateCreated": "2025-12-31T23:59:59Z"}]
                """;

        assertThat(values(Product.SENTRY, Map.of("organization", "acme", "project", "shop")))
                .containsExactly("sentry delay 31.0", "sentry sightings 1.0");
        assertThat(requests.get(0))
                .startsWith("GET /api/0/projects/acme/shop/events/?end=")
                .endsWith("Bearer t0ken");
    }

    @Test
    void whatWasNotSeenByTheDeadlineIsMinusOne() throws InterruptedException {
        answer = "{\"incidents\": [], \"more\": false}";

        assertThat(values(Product.PAGERDUTY, Map.of("service", "PSVC1")))
                .containsExactly("pagerduty delay -1.0", "pagerduty sightings 0.0");
    }

    @Test
    void aProductThatRefusesGivesNoMetricAndSaysSoWithoutTheToken() throws InterruptedException {
        status = 401;
        answer = "bad t0ken";
        Views views = views(Product.SENTRY, Map.of("organization", "acme", "project", "shop"), "t0ken");

        assertThat(views.saw(FAULT, Duration.ZERO, Duration.ofMillis(1), RUN)).isEmpty();
        assertThat(views.problems()).containsExactly("view sentry: 127.0.0.1 answered 401");
    }

    @Test
    void aViewWithoutATokenMeasuresNothing() {
        Views views = views(Product.PAGERDUTY, Map.of("service", "PSVC1"), "");

        assertThat(views.measured()).isEmpty();
        assertThat(views.problems()).containsExactly("view pagerduty: the environment variable TOKEN is not set");
        assertThat(views(Product.PAGERDUTY, Map.of("service", "PSVC1"), "x").measured())
                .containsExactly("pagerduty delay", "pagerduty sightings");
    }

    private List<String> values(Product product, Map<String, String> settings) throws InterruptedException {
        List<Series> series = views(product, settings, "t0ken").saw(FAULT, Duration.ZERO, Duration.ofMillis(1), RUN);
        assertThat(series).allSatisfy(one -> assertThat(one.samples()).hasSize(2));
        return series.stream()
                .map(one -> one.name() + " "
                        + one.samples().stream()
                                .map(Sample::value)
                                .distinct()
                                .findFirst()
                                .orElseThrow())
                .toList();
    }

    private Views views(Product product, Map<String, String> settings, String token) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Views(
                List.of(new View(product, url, "TOKEN", new TreeMap<>(settings))),
                name -> token,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
