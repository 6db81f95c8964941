package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits relative to another phase, to the load, to another expression and to earlier runs. */
class RelativeSloTest {
    private static final Evidence HEALTHY = ExampleRun.healthy();

    /** Reads take 100 ms in the ramp and 110 ms in steady. */
    @ParameterizedTest
    @CsvSource({
        "p95(read) <= 110 % of ramp during steady, PASS",
        "p95(read) < 110 % of ramp during steady, FAIL",
        "p95(read) <= 109 % of ramp during steady, FAIL",
        "p95(read) <= 10 % above ramp during steady, PASS",
        "p95(read) <= 9 % above ramp during steady, FAIL",
        "p95(read) <= 10 ms above ramp during steady, PASS",
        "p95(read) <= 9 ms above ramp during steady, FAIL",
        "p95(read) <= 10 ms off ramp during steady, PASS",
        "p95(read) <= 9 ms off ramp during steady, FAIL",
        "p95(read) <= 10 ms off steady during ramp, PASS",
        "p95(read) <= 9 ms off steady during ramp, FAIL",
        "p95(read) >= 10 ms below steady during ramp, PASS",
        "p95(read) >= 11 ms below steady during ramp, FAIL",
        "p95(read) <= 10 ms below steady during ramp, PASS",
        "p95(read) <= 9 ms below steady during ramp, FAIL",
        "p95(read) <= 50 % of ramp or 110 ms during steady, PASS",
        "p95(read) <= 50 % of ramp or 109 ms during steady, FAIL",
        "p95(read) <= 100 % of (p95(write)) during steady, PASS",
        "p95(read) <= 99 % of (p95(write)) during steady, FAIL",
    })
    void theLimitItselfHoldsAndOneOverDoesNot(String slo, Outcome outcome) {
        assertThat(judge(slower(), slo).outcome()).isEqualTo(outcome);
    }

    @Test
    void theReasonSaysWhatTheReferenceCameTo() {
        assertThat(judge(slower(), "p95(read) <= 110 % of ramp during steady").reason())
                .isEqualTo(
                        "p95(read) was 110 ms, limit <= 110 % of ramp = 110 ms, during steady (60 s); 1,620 responses;"
                                + " 97.5 % bounds 110 ms to 110 ms; ramp: 100 ms, 360 responses; 97.5 % bounds 100 ms to 100 ms");
        assertThat(judge(slower(), "p95(read) <= 10 ms off ramp during steady").reason())
                .contains("limit <= 10 ms off ramp = 90 ms to 110 ms, during steady (60 s)");
    }

    @ParameterizedTest
    @CsvSource({
        "mean(host cpu) <= 10 points above ramp during steady, PASS",
        "mean(host cpu) <= 9 points above ramp during steady, FAIL",
        "mean(host cpu) <= 25 % above ramp during steady, PASS",
        "mean(host cpu) <= 24 % above ramp during steady, FAIL",
        "mean(host cpu) >= 20 % below steady during ramp, PASS",
        "mean(host cpu) >= 21 % below steady during ramp, FAIL",
    })
    void pointsAreOfTheShareAndPercentOfTheReference(String slo, Outcome outcome) {
        Evidence run = with(HEALTHY, series("host cpu", "i-1", second -> second < 40 ? 40 : 50));
        Evidence both = with(run, series("host cpu", "i-2", second -> second < 40 ? 40 : 50));

        assertThat(judge(both, slo).outcome()).isEqualTo(outcome);
    }

    @Test
    void aReferenceThatIsNotKnownLeavesItOpen() {
        Evidence gap = with(HEALTHY, series("cache hits", "cache", second -> second == 30 ? Double.NaN : 9));

        assertThat(judge(gap, "mean(cache hits) <= 100 % of ramp during steady").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(gap, "mean(cache hits) <= 100 % of ramp during steady").reason())
                .contains("ramp: 1 of 20 datapoints of cache hits of cache is missing, at 03:00:30 UTC");
        assertThat(judge(HEALTHY, "p95(read) <= 110 % of calm during steady").reason())
                .contains("calm: the load had no phase 'calm'");
    }

    @ParameterizedTest
    @CsvSource({
        "rate(all) >= 100 % of offered during steady, PASS",
        "rate(all) > 100 % of offered during steady, FAIL",
        "count(all) >= 100 % of offered, PASS",
        "count(all) >= 100 % of (sum(load balancer requests)) during steady, PASS",
        "count(all) <= 99 % of (sum(load balancer requests)) during steady, FAIL",
        "offered - count(all) <= 0, PASS",
        "count(all) / sum(load balancer requests) >= 100 % during steady, PASS",
    })
    void countsAreComparedWithTheLoadAndWithTheStacksOwn(String slo, Outcome outcome) {
        assertThat(judge(HEALTHY, slo).outcome()).isEqualTo(outcome);
    }

    /** Of 55 s of load, two periods of 20 s lie wholly in the window: 40 s of requests are what they are compared with. */
    @ParameterizedTest
    @CsvSource({
        "count(all) / sum(load balancer requests) = 100 % after 5 s after end of ramp",
        "count(all) = 100 % of (sum(load balancer requests)) after 5 s after end of ramp",
        "sum(load balancer requests) = 100 % of (count(all)) after 5 s after end of ramp",
        "rate(load balancer requests) = 100 % of offered after 5 s after end of ramp",
        "rate(load balancer requests) = 30 /s after 5 s after end of ramp",
        "sum(load balancer requests) / sum(cache hits) = 200 % after 5 s after end of ramp",
    })
    void whatIsComparedIsOfTheWholePeriodsOfTheLongestMetric(String slo) {
        Evidence minutes = with(HEALTHY, every(20, "load balancer requests", "lb", 600));
        Evidence run = with(minutes, series("cache hits", "cache", second -> 15));

        assertThat(judge(run, slo.replace(" = ", " <= ")).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, slo.replace(" = ", " >= ")).outcome()).isEqualTo(Outcome.PASS);
    }

    /** One value in each period of some seconds. */
    private static Series every(int seconds, String name, String resource, double value) {
        Series each = series(name, resource, second -> second % seconds == 0 ? value : Double.NaN);
        return new Series(
                each.name(),
                each.kind(),
                each.resource(),
                each.origin(),
                each.unit(),
                Duration.ofSeconds(seconds),
                each.completeness(),
                each.note(),
                each.samples());
    }

    /** Reads took 90, 100 and 105 ms before: a median of 100 between 90 and 105; now 100 ms. */
    @ParameterizedTest
    @CsvSource({
        "p95(read) <= 120 % of baseline during steady, PASS",
        "p95(read) <= 100 % of baseline during steady, INCONCLUSIVE",
        "p95(read) <= 90 % of baseline during steady, FAIL",
        "p95(read) <= 90 % of baseline or 100 ms during steady, PASS",
        "p95(read) <= 90 % of baseline or no baseline during steady, FAIL",
        "p95(read) <= 10 ms above baseline during steady, PASS",
        "p95(read) <= 120 % of baseline or no baseline, PASS",
        "p95(read) <= 120 % of baseline, INCONCLUSIVE",
    })
    void theBaselineIsTheMedianWithinWhatItVaried(String slo, Outcome outcome) {
        assertThat(judge(HEALTHY, Optional.of(baseline(0.09, 0.1, 0.105)), slo).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void theReasonSaysWhatTheBaselineIs() {
        assertThat(judge(
                                HEALTHY,
                                Optional.of(baseline(0.09, 0.1, 0.105)),
                                "p95(read) <= 120 % of baseline during steady")
                        .reason())
                .contains("limit <= 120 % of baseline = 120 ms, during steady (60 s);")
                .endsWith("; baseline: 100 ms, median of 3 passes between 90 ms and 105 ms");
    }

    @Test
    void withoutABaselineNothingIsShownUnlessThatIsAllowedByName() {
        Optional<Baseline> none = Optional.of(baseline());

        assertThat(judge(HEALTHY, none, "p95(read) <= 120 % of baseline").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(HEALTHY, none, "p95(read) <= 120 % of baseline").reason())
                .endsWith("baseline: no run of this stage, environment and profile has passed with a value of it yet");
        assertThat(judge(HEALTHY, none, "p95(read) <= 120 % of baseline or no baseline")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(HEALTHY, "p95(read) <= 120 % of baseline or no baseline")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(HEALTHY, "p95(read) <= 120 % of baseline").reason())
                .endsWith("baseline: the evidence does not say what earlier runs came to");
    }

    @Test
    void aTimeIsComparedWithTheBaselineAsItPassed() {
        Baseline earlier = of("time from load-step to alarm", 4);
        String slo = "time from load-step to alarm <= 125 % of baseline";

        assertThat(judge(HEALTHY, Optional.of(earlier), slo).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(HEALTHY, Optional.of(earlier), slo.replace("125", "124"))
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void aWarningNeverChangesTheOutcome() {
        SloResult warned = judge(HEALTHY, "max(read) <= 500 ms during steady, warn 99 ms");

        assertThat(warned.outcome()).isEqualTo(Outcome.PASS);
        assertThat(warned.warning()).contains("100 ms is beyond <= 99 ms");
        assertThat(warned.reason()).endsWith("; warning: 100 ms is beyond <= 99 ms");
        assertThat(judge(HEALTHY, "max(read) <= 500 ms, warn 100 ms").warning()).isEmpty();
        assertThat(judge(HEALTHY, "max(read) <= 50 ms, warn 100 ms").outcome()).isEqualTo(Outcome.FAIL);
    }

    private static Evidence slower() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 40, 100);
        return ExampleRun.of(ExampleRun.client(client, 40, 100, 110).build());
    }

    private static Baseline baseline(double... p95) {
        return of("p95(read) during steady", p95);
    }

    private static Baseline of(String key, double... values) {
        List<Figures> passes = DoubleStream.of(values)
                .mapToObj(value -> new Figures(
                        Figures.FORMAT,
                        "run-" + value,
                        ExampleRun.START,
                        "s",
                        "e",
                        "p",
                        Outcome.PASS,
                        new TreeMap<>(Map.of(key, value)),
                        "steady",
                        List.of()))
                .toList();
        return new Baseline(5, passes);
    }

    private static SloResult judge(Evidence run, String slo) {
        return judge(run, Optional.empty(), slo);
    }

    private static SloResult judge(Evidence run, Optional<Baseline> baseline, String slo) {
        return new SloJudge(run, baseline).judge("1", SloParser.parse(slo));
    }
}
