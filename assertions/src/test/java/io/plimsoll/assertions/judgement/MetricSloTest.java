package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.at;
import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.Expression.Aggregate;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricSloTest {
    private static final Evidence HEALTHY = ExampleRun.healthy();

    @ParameterizedTest
    @CsvSource({
        "max(cache hits) <= 20, PASS, 20",
        "max(cache hits) < 20, FAIL, 20",
        "max(cache hits) <= 19, FAIL, 20",
        "min(cache hits) >= 10, PASS, 10",
        "min(cache hits) > 10, FAIL, 10",
        "mean(cache hits) <= 15, PASS, 15",
        "mean(cache hits) <= 14.9, FAIL, 15",
        "sum(cache hits) <= 900, PASS, 900",
        "sum(cache hits) <= 899, FAIL, 900",
        "last(cache hits) <= 20, PASS, 20",
        "last(cache hits) < 20, FAIL, 20"
    })
    void theLimitItselfHoldsAndOneOverDoesNot(String slo, Outcome outcome, String measured) {
        Evidence run = with(HEALTHY, series("cache hits", "cache", second -> second % 2 == 0 ? 10 : 20));

        SloResult result = judge(run, slo + " during steady");

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.measured()).contains(measured);
        assertThat(result.samples()).isEqualTo(60);
    }

    /** A capacity below the target is known, and no gap. */
    @Test
    void aDistanceMayBeBelowZeroAndAQuantityMayNot() {
        Series headroom = series("capacity headroom", "client", second -> -38);
        TimeWindow window = new TimeWindow(ExampleRun.at(30), ExampleRun.at(40));
        MetricDefinition metric = MetricCatalogue.named("capacity headroom").orElseThrow();
        Coverage signed = Coverage.of(headroom, metric.absence(), Optional.empty(), window);
        Readings readings = new Readings(metric);
        readings.add(signed, headroom.period());

        assertThat(signed.values().values()).hasSize(10).containsOnly(-38.0);
        assertThat(readings.aggregate(Aggregate.MIN, 10).upper()).isEqualTo(-38);
        assertThat(Coverage.of(headroom, new Absence.Dense(), Optional.empty(), window)
                        .missing())
                .hasSize(10);
    }

    @Test
    void theReasonNamesValueLimitWindowAndDatapoints() {
        assertThat(judge(HEALTHY, "max(evictions) <= 0").reason())
                .isEqualTo("max(evictions) was 0, limit <= 0, during after-warm-up (80 s); 80 datapoints");
    }

    @Test
    void aValueJustBeyondItsLimitIsPrintedAsBeyond() {
        Evidence run = with(HEALTHY, series("host cpu", "i-1", second -> 80.00001));

        assertThat(judge(run, "max(host cpu) <= 80 %").reason())
                .startsWith("max(host cpu) was 80.00001 %, limit <= 80 %");
    }

    @Test
    void aGapMakesItInconclusiveAndNamesTheSeconds() {
        Evidence run =
                with(HEALTHY, series("cache hits", "cache", second -> second >= 50 && second < 54 ? Double.NaN : 9));

        SloResult result = judge(run, "max(cache hits) <= 10 during steady");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason())
                .isEqualTo("max(cache hits) was 9, limit <= 10, during steady (60 s); 56 datapoints; 4 of 60 datapoints"
                        + " of cache hits of cache are missing, at 03:00:50 to 03:00:53 UTC");
    }

    @Test
    void aGapBesideTheWindowDoesNotMatter() {
        Evidence run = with(HEALTHY, series("cache hits", "cache", second -> second == 39 ? Double.NaN : 9));

        assertThat(judge(run, "max(cache hits) <= 10 during steady").outcome()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "max(cache hits) <= 8, FAIL",
        "sum(cache hits) <= 100, FAIL",
        "min(cache hits) >= 10, FAIL",
        "mean(cache hits) <= 8, FAIL",
        "mean(cache hits) <= 8.9, INCONCLUSIVE",
        "mean(cache hits) >= 8.8, PASS",
        "last(cache hits) <= 8, FAIL",
        "last(cache hits) <= 9, PASS",
        "max(cache hits) >= 10, INCONCLUSIVE",
        "max(cache hits) >= 9, PASS",
        "sum(cache hits) >= 10000, INCONCLUSIVE",
        "sum(cache hits) >= 531, PASS",
        "min(cache hits) <= 8, INCONCLUSIVE",
        "min(cache hits) <= 9, PASS",
        "rate(cache hits) <= 8 /s, FAIL",
        "coverage(cache hits) >= 98 %, PASS",
        "coverage(cache hits) >= 99 %, FAIL",
        "sum(cache hits) / sum(cache misses) <= 8 %, FAIL",
        "sum(cache hits) / sum(cache misses) <= 890 %, INCONCLUSIVE",
        "sum(cache hits) / (sum(cache hits) + sum(cache misses)) >= 60 %, INCONCLUSIVE"
    })
    void aGapMattersOnlyWhereWhatWasInItCouldChangeTheOutcome(String slo, Outcome outcome) {
        Evidence run = with(HEALTHY, series("cache hits", "cache", second -> second == 50 ? Double.NaN : 9));

        assertThat(judge(run, slo + " during steady").outcome()).isEqualTo(outcome);
    }

    @Test
    void aSparseMetricIsZeroWhereItsCompanionProvesLife() {
        assertThat(judge(HEALTHY, "sum(load balancer 5xx) <= 0 during steady").reason())
                .isEqualTo("sum(load balancer 5xx) was 0, limit <= 0, during steady (60 s); 60 datapoints");
        Evidence silent =
                with(HEALTHY, series("load balancer requests", "lb", second -> second == 70 ? Double.NaN : 30));

        SloResult result = judge(silent, "sum(load balancer 5xx) <= 0 during steady");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason())
                .contains("1 of 60 datapoints of load balancer 5xx of lb is missing, at 03:01:10 UTC");
    }

    @Test
    void anSloMayNameACompanionThatResourcesOfAnotherKindHave() {
        Evidence none = with(HEALTHY, series("healthy hosts", "tg", second -> second >= 70 ? Double.NaN : 1));
        String slo = "min(healthy hosts) >= 1 during steady";

        assertThat(judge(none, slo).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(none, slo + ", missing zero with load balancer requests")
                        .reason())
                .isEqualTo("min(healthy hosts) was 0, limit >= 1, during steady (60 s); 60 datapoints");
        Evidence silent = with(none, series("load balancer requests", "lb", second -> second >= 70 ? Double.NaN : 30));
        assertThat(judge(silent, slo + ", missing zero with load balancer requests")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void oneErrorOfASparseMetricFails() {
        Evidence run = with(HEALTHY, series("load balancer 5xx", "lb", second -> second == 70 ? 1 : Double.NaN));

        assertThat(judge(run, "sum(load balancer 5xx) <= 0 during steady").outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(run, "sum(load balancer 5xx) <= 1 during steady").outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void aStoppedReplicaFailsWhateverTheRest() {
        Evidence run = with(HEALTHY, series("replica lag", "replica-2", second -> second == 60 ? -1 : 0));

        SloResult result = judge(run, "max(replica lag) <= 5 s for each replica");

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.reason())
                .isEqualTo("one of 2 replicas, here replica-2: max(replica lag): replication stopped at"
                        + " 2026-11-24T03:01:00Z on replica-2, limit <= 5 s, during after-warm-up (80 s)");
        assertThat(result.resources())
                .extracting(SloResult.ResourceResult::outcome)
                .containsExactly(Outcome.PASS, Outcome.FAIL);
    }

    @Test
    void aRefusedSeriesIsInconclusiveWithItsNote() {
        Evidence run = with(
                HEALTHY,
                series("cache hits", "cache", Series.Completeness.REFUSED, "AccessDenied", second -> Double.NaN));

        SloResult result = judge(run, "sum(cache hits) >= 1");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("cache hits of cache is refused: AccessDenied");
    }

    @Test
    void aSeriesStillChangingAtTheDeadlineIsInconclusive() {
        Evidence run =
                with(HEALTHY, series("cache hits", "cache", Series.Completeness.PARTIAL, "it still changed", s -> 9));

        assertThat(judge(run, "max(cache hits) <= 9").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aSeriesNeverGatheredIsInconclusive() {
        Evidence run = ExampleRun.withSeries(
                HEALTHY,
                all -> all.stream()
                        .filter(one -> !one.name().equals("evictions"))
                        .toList());

        assertThat(judge(run, "sum(evictions) <= 0").reason())
                .isEqualTo("sum(evictions): no series of evictions of cache was gathered, during after-warm-up (80 s)");
    }

    @Test
    void theWorstResourceDecides() {
        Evidence gap = with(HEALTHY, series("host cpu", "i-1", second -> second == 50 ? Double.NaN : 40));
        SloResult unknown = judge(gap, "max(host cpu) <= 80 % for each instance during steady");
        assertThat(unknown.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(unknown.reason()).startsWith("one of 2 instances, here i-1: max(host cpu) was 40 %");

        Evidence both = with(gap, series("host cpu", "i-2", second -> 81));
        SloResult failed = judge(both, "max(host cpu) <= 80 % for each instance during steady");
        assertThat(failed.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(failed.reason()).startsWith("one of 2 instances, here i-2: max(host cpu) was 81 %");
        assertThat(failed.samples()).isEqualTo(119);
    }

    @Test
    void aLaunchedInstanceIsExpectedFromItsFifthPeriodOn() {
        String slo = "max(host cpu) <= 80 % for each instance";
        Evidence silent = with(HEALTHY, series("host cpu", "i-2", second -> second < 32 ? Double.NaN : 40));
        Evidence longer = with(HEALTHY, series("host cpu", "i-2", second -> second < 33 ? Double.NaN : 40));

        assertThat(judge(silent, slo).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(longer, slo).reason())
                .contains("1 of 68 datapoints of host cpu of i-2 is missing, at 03:00:32 UTC");
    }

    @Test
    void aTerminatedInstanceIsExpectedUntilItsFifthLastPeriod() {
        String slo = "max(host cpu) <= 80 % for each instance";
        Evidence run = ended("i-2", 80);

        assertThat(judge(with(run, series("host cpu", "i-2", second -> second < 75 ? 40 : Double.NaN)), slo)
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(with(run, series("host cpu", "i-2", second -> second < 74 ? 40 : Double.NaN)), slo)
                        .reason())
                .contains("1 of 43 datapoints of host cpu of i-2 is missing, at 03:01:14 UTC");
    }

    @Test
    void aBreachInTheGracePeriodsIsLeftOutSoThatDroppingItChangesNothing() {
        Evidence run = with(HEALTHY, series("host cpu", "i-2", second -> second < 32 ? 100 : 40));

        assertThat(judge(run, "max(host cpu) <= 80 % for each instance").outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void anInstanceThatEndedBeforeTheWindowIsNotAsked() {
        Evidence run = with(ended("i-1", 35), series("host cpu", "i-1", second -> Double.NaN));

        SloResult result = judge(run, "max(host cpu) <= 80 % for each instance during steady");

        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
        assertThat(result.resources())
                .extracting(SloResult.ResourceResult::resource)
                .containsExactly("i-2");
    }

    @Test
    void withoutAResourceNothingIsShown() {
        Evidence run = without(ResourceKind.REPLICA);

        assertThat(judge(run, "max(replica lag) <= 5 s for each replica").reason())
                .isEqualTo("max(replica lag): no replica existed long enough to be judged during after-warm-up (80 s)");
        assertThat(judge(run, "max(replica lag) <= 5 s").reason())
                .isEqualTo("max(replica lag): no replica is known to have existed, during after-warm-up (80 s)");
        assertThat(judge(run, "max(replica lag) <= 5 s").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "sum(cache hits) / (sum(cache hits) + sum(cache misses)) >= 90 %, PASS, 90 %",
        "sum(cache hits) / (sum(cache hits) + sum(cache misses)) > 90 %, FAIL, 90 %",
        "sum(cache hits) - sum(cache misses) >= 640, PASS, 640",
        "max(cache hits) * max(cache misses) <= 9, PASS, 9",
        "max(host cpu) / max(evictions) <= 9, INCONCLUSIVE, ",
        "max(evictions) / sum(evictions) <= 9 %, INCONCLUSIVE, "
    })
    void arithmeticIsThatOfNumbers(String slo, Outcome outcome, String measured) {
        SloResult result = judge(HEALTHY, slo);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.measured()).isEqualTo(Optional.ofNullable(measured));
    }

    @Test
    void aDivisionByZeroIsSaid() {
        assertThat(judge(HEALTHY, "sum(cache hits) / sum(evictions) <= 1 %").reason())
                .isEqualTo("sum(cache hits) / sum(evictions): its value is not a number (a division by zero),"
                        + " during after-warm-up (80 s)");
    }

    @Test
    void theLastOfSeveralIsNotOneNumber() {
        SloResult result = judge(HEALTHY, "last(host cpu) <= 80 %");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("the last of 2 instances is not one number, add 'for each instance'");
        assertThat(judge(HEALTHY, "last(host cpu) <= 80 % for each instance").outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void aPhaseThatTheLoadDidNotHaveIsInconclusive() {
        assertThat(judge(HEALTHY, "sum(evictions) <= 0 during spike").reason())
                .isEqualTo("sum(evictions): the load had no phase 'spike'");
    }

    private static Evidence ended(String instance, int second) {
        return ExampleRun.withTopology(
                HEALTHY,
                HEALTHY.topology().resources().stream()
                        .map(one -> one.id().equals(instance)
                                ? ExampleRun.instance(instance, one.existedFrom(), Optional.of(at(second)))
                                : one)
                        .toList());
    }

    private static Evidence without(ResourceKind kind) {
        List<Resource> rest = HEALTHY.topology().resources().stream()
                .filter(one -> one.kind() != kind)
                .toList();
        return ExampleRun.withTopology(HEALTHY, rest);
    }

    private static SloResult judge(Evidence run, String slo) {
        return new SloJudge(run, Optional.empty()).judge("1", SloParser.parse(slo));
    }
}
