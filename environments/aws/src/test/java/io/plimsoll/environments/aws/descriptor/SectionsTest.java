package io.plimsoll.environments.aws.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections find, metrics, stop and the hours of load. */
class SectionsTest {
    private static Landmarks find(String text) {
        return FindSection.read(Document.parse("f", text));
    }

    @Test
    void aStackIsFoundByTagsOrByItsCloudFormationStack() {
        assertThat(find("tags: {app: shop}").tags()).containsEntry("app", "shop");
        assertThat(find("cloudformation-stack: shop").tags()).containsEntry("aws:cloudformation:stack-name", "shop");
    }

    @Test
    void furtherPartsAreNamedByKindAndWrongOnesIgnored() {
        Landmarks find = find("{load-balancer: lb, queues: [photos], shards: [a, b], ignore: [other-db]}");
        assertThat(find.named(ResourceKind.SHARD)).containsExactly("a", "b");
        assertThat(find.named(ResourceKind.QUEUE)).containsExactly("photos");
        assertThat(find.ignored()).containsExactly("other-db");
        assertThatThrownBy(() -> find("ignore: [x]"))
                .hasMessage("f:1: must name a load-balancer, an instance, a database, a cache or tags");
    }

    @Test
    void whatIsFoundWrongIsPutRightAndFurtherRegionsAreNamed() {
        Landmarks find = find("""
                load-balancer: lb
                correct: {shop-db-2: {kind: replica, replica-of: shop-db}, shop-web: {tier: web}}
                elsewhere: {eu-west-1: {load-balancer: lb-eu}}
                """);
        assertThat(find.corrections())
                .containsEntry(
                        "shop-db-2",
                        new Correction(
                                Optional.of(ResourceKind.REPLICA), new TreeMap<>(Map.of("replica-of", "shop-db"))))
                .containsEntry("shop-web", new Correction(Optional.empty(), new TreeMap<>(Map.of("tier", "web"))));
        assertThat(find.elsewhere().keySet()).containsExactly("eu-west-1");
        assertThat(find.elsewhere().values())
                .extracting(Landmarks::loadBalancer)
                .containsExactly(Optional.of("lb-eu"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{load-balancer: lb, correct: {a: {teir: web}}} | f:1: unknown key 'correct.a.teir'; did you mean"
                        + " 'correct.a.tier'? Valid: correct.a.cluster, correct.a.engine, correct.a.kind,"
                        + " correct.a.load-balancer, correct.a.metrics-filter, correct.a.node, correct.a.region,"
                        + " correct.a.replica-of, correct.a.scaling-group, correct.a.target-group, correct.a.tier,"
                        + " correct.a.zone",
                "{load-balancer: lb, correct: {a: {kind: cache}}} | f:1: correct.a.kind: unknown value 'cache'. Valid:"
                        + " database, dead letter queue, queue, replica, shard",
                "{load-balancer: lb, correct: {a: {}}} | f:1: correct.a: must correct something: kind, tier, zone, region,"
                        + " engine, replica-of, scaling-group, load-balancer, target-group, cluster, node, metrics-filter",
                "{load-balancer: lb, correct: {a: {zone: 'x, y'}}} | f:1: correct.a.zone: must be 1 to 255 characters on one"
                        + " line, without a comma, was 'x, y'",
                "{load-balancer: lb, elsewhere: {ireland: {database: d}}} | f:1: elsewhere.ireland: must be named by an AWS"
                        + " region such as 'eu-west-1'",
                "{load-balancer: lb, elsewhere: {eu-west-1: {ignore: [d]}}} | f:1: elsewhere.eu-west-1: must name a"
                        + " load-balancer, an instance, a database, a cache or tags",
            })
    void aWrongCorrectionOrRegionSaysSo(String text, String message) {
        assertThatThrownBy(() -> find(text))
                .isInstanceOf(DocumentException.class)
                .hasMessage(message);
    }

    @Test
    void viewsAreNamedWithTheVariableThatHoldsTheirToken() {
        List<View> views = ViewsSection.read(Document.parse("f", """
                splunk: {url: "https://splunk.example.com:8089", token-from: SPLUNK_TOKEN, search: index=shop ERROR}
                pagerduty: {token-from: PAGERDUTY_TOKEN, service: PABC123}
                """));
        assertThat(views.get(0).setting("search")).isEqualTo("index=shop ERROR");
        assertThat(views.get(1).url()).hasToString("https://api.pagerduty.com");
        assertThat(views.get(1).tokenVariable()).isEqualTo("PAGERDUTY_TOKEN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "datadog: {token-from: T} | f:1: datadog: unknown view 'datadog'. Valid: new-relic, pagerduty, sentry, splunk",
                "pagerduty: {token-from: T} | f:1: pagerduty: key 'service' is required",
                "pagerduty: {token-from: u+abc, service: P} | f:1: pagerduty.token-from: must be the name of an environment"
                        + " variable such as 'SPLUNK_TOKEN', not a token, was 'u+abc'",
                "pagerduty: {token-from: T, service: P, url: 'http://x.example.com'} | f:1: pagerduty.url: must be https,"
                        + " since a token is sent there, was 'http://x.example.com'",
                "new-relic: {token-from: T, account: x1, from: E} | f:1: new-relic.account: must match \\d{1,12}, was 'x1'",
            })
    void aWrongViewSaysSo(String text, String message) {
        assertThatThrownBy(() -> ViewsSection.read(Document.parse("f", text)))
                .isInstanceOf(DocumentException.class)
                .hasMessage(message);
    }

    @Test
    void aMetricOfOnesOwnGetsAName() {
        List<MetricDefinition> metrics = MetricsSection.read(Document.parse("f", """
                - name: checkout backlog
                  namespace: Shop/Orders
                  metric: Backlog
                  dimensions: {Service: checkout}
                  statistic: Maximum
                  unit: s
                """));
        assertThat(metrics.get(0).dimensions()).containsExactly("Service=checkout");
        assertThat(metrics.get(0).unit()).isEqualTo(Unit.SECONDS);
        assertThatThrownBy(() -> MetricsSection.read(Document.parse(
                        "f", "[{name: host cpu, namespace: N, metric: M, dimensions: {}, statistic: Sum}]")))
                .hasMessage("f:1: [0].name: is a name of the catalogue: choose another, was 'host cpu'");
    }

    @Test
    void pricesAreThoseOfTheirSectionAndOfAnEmbeddedStacksOwnTypes() {
        assertThat(
                        PricesSection.read(
                                Document.parse(
                                        "f",
                                        "{stack: {instance-types: {small: {price-per-hour: 0.02}, odd: {}}}, prices: {db.large: 0.2}}")))
                .containsExactly(Map.entry("db.large", 0.2), Map.entry("small", 0.02));
        assertThatThrownBy(() -> PricesSection.read(Document.parse("f", "prices: {a: -1}")))
                .hasMessage("f:1: prices.a: must be in [0, 10000], was '-1'");
    }

    @Test
    void stopConditionsAreRead() {
        assertThat(StopSection.read(Optional.of(Document.parse(
                        "f", "[{error-ratio: 50, within: 30 s}, {latency: 5 s, within: 1 min}, {alarm: down}]"))))
                .containsExactly(
                        new StopCondition.ErrorRatio(0.5, Duration.ofSeconds(30)),
                        new StopCondition.Latency(95, Duration.ofSeconds(5), Duration.ofMinutes(1)),
                        new StopCondition.Alarm("down"));
        assertThatThrownBy(() -> StopSection.read(Optional.of(Document.parse("f", "[{error-ratio: 5, alarm: a}]"))))
                .hasMessage("f:1: [0]: must have exactly one of error-ratio, latency and alarm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            09:00-17:00 UTC          | 2026-11-25T09:00:00Z | 60  | true
            09:00-17:00 UTC          | 2026-11-25T08:59:59Z | 60  | false
            09:00-17:00 UTC          | 2026-11-25T16:30:00Z | 30  | true
            09:00-17:00 UTC          | 2026-11-25T16:30:00Z | 31  | false
            20:00-06:00 UTC          | 2026-11-25T23:00:00Z | 120 | true
            Mon-Fri 20:00-06:00 UTC  | 2026-11-28T01:00:00Z | 60  | true
            Mon-Fri 20:00-06:00 UTC  | 2026-11-28T21:00:00Z | 60  | false
            09:00-17:00 Europe/Berlin| 2026-11-25T08:00:00Z | 60  | true
            """)
    void loadIsAllowedInTheseHoursOnly(String hours, String start, int minutes, boolean allowed) {
        Instant from = Instant.parse(start);
        TimeWindow window = new TimeWindow(from, from.plus(Duration.ofMinutes(minutes)));
        assertThat(LoadHours.read(Document.parse("f", hours)).violation(window).isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void aRefusalSaysWhen() {
        Instant noon = Instant.parse("2026-11-25T12:00:00Z");
        assertThat(LoadHours.read(Document.parse("f", "20:00-06:00 UTC"))
                        .violation(new TimeWindow(noon, noon.plusSeconds(60))))
                .contains("load.hours: load is allowed 20:00-06:00 UTC, and the plan would send it at"
                        + " 2026-11-25T12:00");
        assertThatThrownBy(() -> LoadHours.read(Document.parse("f", "at night")))
                .hasMessage("f:1: must be such as '20:00-06:00 UTC' or 'Mon-Fri 09:00-17:00 Europe/Berlin', was 'at"
                        + " night'");
    }
}
