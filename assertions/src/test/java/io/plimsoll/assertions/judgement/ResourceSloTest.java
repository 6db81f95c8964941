package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers across resources, of some of them, in a share of the time, and with gaps that an SLO says how to take. */
class ResourceSloTest {
    private static final Evidence HEALTHY = ExampleRun.healthy();
    /** One instance at 44 %, the other at 36 %: (44 − 36) / 40 = 20 %. */
    private static final Evidence UNEVEN =
            with(with(HEALTHY, series("host cpu", "i-1", s -> 44)), series("host cpu", "i-2", s -> 36));

    @ParameterizedTest
    @CsvSource({
        "skew(mean(host cpu)) <= 20 % during steady, PASS, 20 %",
        "skew(mean(host cpu)) < 20 % during steady, FAIL, 20 %",
        "spread(mean(host cpu)) <= 8 % during steady, PASS, 8 %",
        "spread(mean(host cpu)) < 8 % during steady, FAIL, 8 %",
        "hottest(mean(host cpu)) <= 44 % during steady, PASS, 44 %",
        "coolest(mean(host cpu)) >= 36 % during steady, PASS, 36 %",
        "hottest(mean(host cpu)) - coolest(mean(host cpu)) <= 8 % during steady, PASS, 8 %",
        "skew(max(host cpu) - min(host cpu)) <= 0 % during steady, INCONCLUSIVE, ",
    })
    void resourcesAreCompared(String slo, Outcome outcome, String measured) {
        assertThat(judge(UNEVEN, slo).outcome()).isEqualTo(outcome);
        assertThat(judge(UNEVEN, slo).measured()).isEqualTo(Optional.ofNullable(measured));
    }

    @Test
    void theReasonNamesTheHottestAndTheCoolest() {
        assertThat(judge(UNEVEN, "skew(mean(host cpu)) <= 20 % during steady").reason())
                .isEqualTo(
                        "skew(mean(host cpu)) was 20 %, limit <= 20 %, during steady (60 s); of 2, hottest i-1 with 44 %,"
                                + " coolest i-2 with 36 %");
    }

    @Test
    void oneResourceAloneIsNotEven() {
        assertThat(judge(HEALTHY, "skew(sum(cache hits)) <= 20 %").reason())
                .isEqualTo("skew(sum(cache hits)): skew compares at least two, and there was one, cache, during"
                        + " after-warm-up (80 s)");
        assertThat(judge(HEALTHY, "spread(sum(cache hits)) <= 20").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aGapInOneResourceWidensWhatIsCompared() {
        Evidence gap = with(UNEVEN, series("host cpu", "i-2", s -> s == 60 ? Double.NaN : 36));

        assertThat(judge(gap, "skew(mean(host cpu)) <= 20 % during steady").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(gap, "skew(mean(host cpu)) <= 25 % during steady").outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(gap, "skew(mean(host cpu)) <= 10 % during steady").outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void resourcesAreGroupedByAFactAndSelectedByIdOrFact() {
        Evidence zones = located(UNEVEN);

        assertThat(judge(zones, "skew(mean(host cpu) by zone) <= 20 % during steady")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(zones, "mean(host cpu of web) <= 44 % during steady").measured())
                .contains("44 %");
        assertThat(judge(zones, "mean(host cpu of i-2) <= 44 % during steady").measured())
                .contains("36 %");
        assertThat(judge(zones, "mean(host cpu of api) <= 44 % during steady").reason())
                .isEqualTo(
                        "mean(host cpu of api): no instance is 'api'; there were app, i-1, i-2, web, during steady (60 s)");
        assertThat(judge(UNEVEN, "skew(mean(host cpu) by zone) <= 20 % during steady")
                        .reason())
                .startsWith("skew(mean(host cpu) by zone): instance i-1 has no fact 'zone'");
    }

    @ParameterizedTest
    @CsvSource({
        "mean(host cpu) <= 44 % in 90 % of periods for each instance during ramp, INCONCLUSIVE",
        "max(host cpu) <= 44 % in 100 % of periods during steady, PASS",
        "max(host cpu) <= 40 % in 100 % of periods during steady, FAIL",
        "max(host cpu) <= 44 % in 95 % of periods during steady, PASS",
        "max(host cpu) <= 44 % in 96 % of periods during steady, INCONCLUSIVE",
        "max(host cpu) <= 40 % in 5 % of periods during steady, FAIL",
        "p95(read) <= 100 ms in 95 % of seconds during steady, PASS",
        "p95(read) <= 100 ms in 100 % of seconds during steady, PASS",
        "p95(read) <= 99 ms in 95 % of seconds during steady, FAIL",
        "p95(read) <= 100 ms in 50 % of minutes during steady, INCONCLUSIVE",
    })
    void whatHoldsInAShareOfTheTimeIsAnEstimate(String slo, Outcome outcome) {
        assertThat(judge(UNEVEN, slo).outcome()).isEqualTo(outcome);
    }

    @Test
    void aSecondOfFailuresDoesNotHoldAndOneWithoutRequestsIsUnknown() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 90, 100);
        for (int second = 90; second < 95; second++) {
            client.record("read", RequestOutcome.KO, ExampleRun.sent(second), 10);
        }
        SloResult result = judge(
                ExampleRun.of(client.build()), "p95(read) <= 100 ms in 90 % of seconds from load-step to load-end");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason())
                .isEqualTo(
                        "p95(read) <= 100 ms held in 93.33 % of the time, limit >= 90 %, from load-step to load-end (80 s);"
                                + " held in 70 of 80 seconds; 95 % bounds 86.49 to 97.34 %; of 5 seconds it is not known");
    }

    @Test
    void aShareOfTimeNeedsAsManySlicesAsAPercentileNeedsValues() {
        assertThat(judge(HEALTHY, "p95(read) <= 100 ms in 99 % of seconds").reason())
                .endsWith(
                        "held in 80 of 80 seconds; 95 % bounds 96.32 to 100 %; resolution 5.556 points; at least 299 are"
                                + " needed");
    }

    @Test
    void anSloCanSayHowManyDatapointsMayBeMissing() {
        Evidence gap = with(HEALTHY, series("cache hits", "cache", s -> s >= 50 && s < 53 ? Double.NaN : 9));

        assertThat(judge(gap, "max(cache hits) <= 9 during steady").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(gap, "max(cache hits) <= 9 during steady, missing at most 5 %")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(gap, "max(cache hits) <= 9 during steady, missing at most 5 %")
                        .reason())
                .endsWith(
                        "57 datapoints, 3 of 60 datapoints of cache hits of cache are missing, at 03:00:50 to 03:00:52 UTC,"
                                + " which its 'missing' allows");
        assertThat(judge(gap, "max(cache hits) <= 9 during steady, missing at most 4.9 %")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anSloCanNameWhatProvesASourceAliveOrRefuseIt() {
        Evidence gap = with(HEALTHY, series("cache hits", "cache", s -> s == 50 ? Double.NaN : 9));

        assertThat(judge(gap, "min(cache hits) >= 1 during steady, missing zero with cache misses")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(HEALTHY, "sum(load balancer 5xx) <= 0, missing unknown")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aMixOfClientAndMetricIsBoundedByBoth() {
        SloResult result = judge(HEALTHY, "error count / sum(load balancer requests) <= 0 % during steady");
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);

        Evidence gap = with(HEALTHY, series("load balancer requests", "lb", s -> s == 50 ? Double.NaN : 30));
        assertThat(judge(gap, "count(all) / sum(load balancer requests) <= 105 % during steady")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(gap, "count(all) / sum(load balancer requests) >= 99 % during steady")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static Evidence located(Evidence run) {
        List<Resource> resources = run.topology().resources().stream()
                .map(one -> one.kind() == ResourceKind.INSTANCE
                        ? new Resource(
                                one.kind(),
                                one.id(),
                                one.existedFrom(),
                                one.existedUntil(),
                                new TreeMap<>(Map.of(
                                        "zone", one.id().equals("i-1") ? "a" : "b",
                                        "tier", one.id().equals("i-1") ? "web" : "app")))
                        : one)
                .toList();
        return ExampleRun.withTopology(run, resources);
    }

    private static SloResult judge(Evidence run, String slo) {
        return new SloJudge(run, Optional.empty()).judge("1", SloParser.parse(slo));
    }
}
