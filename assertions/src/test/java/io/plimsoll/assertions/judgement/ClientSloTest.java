package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSloTest {
    @ParameterizedTest
    @CsvSource({
        "p95(read) <= 500 ms, PASS",
        "p95(read) < 500 ms, FAIL",
        "p95(read) <= 499 ms, FAIL",
        "p95(read) >= 500 ms, PASS",
        "p95(read) > 500 ms, FAIL",
        "max(read) <= 500 ms, PASS",
        "max(read) <= 499 ms, FAIL",
        "mean(read) <= 500 ms, PASS",
        "mean(read) <= 499 ms, FAIL",
        "p95(all) <= 500 ms, PASS"
    })
    void theLimitItselfHoldsAndOneOverDoesNot(String slo, Outcome outcome) {
        SloResult result = judge(equal(400, 500), slo);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.measured()).contains("500 ms");
        assertThat(result.samples()).isEqualTo(400);
    }

    /** A histogram keeps three digits: 5,000 ms could be up to 5,003 ms, but never more than the longest. */
    @Test
    void aLongResponseTimeAtTheLimitHolds() {
        assertThat(judge(equal(400, 5_000), "p95(read) <= 5 s").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(equal(400, 5_001), "p95(read) <= 5 s").outcome()).isNotEqualTo(Outcome.PASS);
        assertThat(judge(equal(400, 5_010), "p95(read) <= 5 s").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void thePercentileIsTheSmallestValueWithSoManyAtOrBelow() {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 1; i <= 1_000; i++) {
            client.record("read", RequestOutcome.OK, sent(50), i);
        }
        Evidence run = ExampleRun.of(client.build());

        assertThat(judge(run, "p99.9(read) <= 2 s").measured()).contains("999 ms");
        assertThat(judge(run, "p50(read) <= 2 s").measured()).contains("500 ms");
        assertThat(judge(run, "p95(read) <= 2 s").reason())
                .isEqualTo("p95(read) was 950 ms, limit <= 2 s, during after-warm-up (80 s); 1,000 responses;"
                        + " 95 % bounds 938 ms to 962 ms; resolution 18.14 ms");
    }

    @Test
    void aPercentilePassesByItsUpperAndFailsByItsLowerBound() {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 1; i <= 1_000; i++) {
            client.record("read", RequestOutcome.OK, sent(50), i);
        }
        Evidence run = ExampleRun.of(client.build());

        assertThat(judge(run, "p95(read) <= 962 ms").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, "p95(read) <= 961 ms").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(run, "p95(read) <= 938 ms").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(run, "p95(read) <= 937 ms").outcome()).isEqualTo(Outcome.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"p99(read), 299", "p95(read), 59"})
    void oneSampleShortIsInconclusiveAndSaysHowManyAreNeeded(String percentile, int needed) {
        SloResult result = judge(equal(needed - 1, 100), percentile + " <= 500 ms");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).endsWith("to unknown; at least " + needed + " are needed");
        assertThat(judge(equal(needed, 100), percentile + " <= 500 ms").outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void aLowerLimitOfALowPercentileNeedsAsMany() {
        assertThat(judge(equal(58, 100), "p5(read) >= 50 ms").reason()).endsWith("; at least 59 are needed");
        assertThat(judge(equal(59, 100), "p5(read) >= 50 ms").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void fewSamplesCanStillProveABreach() {
        assertThat(judge(equal(10, 900), "p95(read) <= 500 ms").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void withoutResponsesNothingIsShown() {
        Evidence run = ExampleRun.of(RequestHistograms.empty());

        for (String slo : List.of(
                "p95(read) <= 1 s",
                "max(read) <= 1 s",
                "mean(read) <= 1 s",
                "error ratio <= 1 %",
                "rate(all) <= 9 /s",
                "achieved rate >= 1 % of offered")) {
            assertThat(judge(run, slo).outcome()).as(slo).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(judge(run, slo).reason())
                    .endsWith("(no request was recorded at all), during after-warm-up (80 s)");
        }
    }

    @Test
    void aWrongRequestNameListsWhatWasRecorded() {
        assertThat(judge(ExampleRun.healthy(), "p95(reed) <= 1 s").reason())
                .isEqualTo(
                        "p95(reed): no OK response to 'reed' (recorded were: read, write), during after-warm-up (80 s)");
    }

    @Test
    void failedResponsesDoNotCountInPercentiles() {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < 100; i++) {
            client.record("read", RequestOutcome.OK, sent(50), 100);
            client.record("read", RequestOutcome.KO, sent(50), 5_000);
            client.record("write", RequestOutcome.KO, sent(50), 1);
        }
        Evidence run = ExampleRun.of(client.build());

        assertThat(judge(run, "p95(read) <= 100 ms").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, "max(read) <= 100 ms").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, "p95(write) <= 100 ms").reason()).contains("(all 100 failed)");
        assertThat(judge(run, "p95(write) <= 100 ms").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** 299 requests without a failure show at most 1 %: 1 - 0.05^(1/299) = 0.00997. */
    @Test
    void anErrorRatioPassesByItsUpperAndFailsByItsLowerBound() {
        assertThat(judge(errors(0, 299), "error ratio <= 1 %").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(errors(0, 298), "error ratio <= 1 %").reason())
                .isEqualTo("error ratio was 0 %, limit <= 1 %, during after-warm-up (80 s); 0 of 298 requests failed;"
                        + " 95 % bounds 0 to 1 %; resolution 1.512 points; at least 299 without a failure are needed");
        assertThat(judge(errors(10, 1_000), "error ratio <= 1 %").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(errors(16, 1_000), "error ratio <= 1 %").outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge(errors(0, 1_000), "error ratio <= 0 %").reason())
                .endsWith("; no number of requests can show a ratio of 0");
        assertThat(judge(errors(100, 100), "error ratio >= 90 %").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void theAchievedRateIsOfWhatTheRampOfferedInTheSameSeconds() {
        SloResult result = judge(ExampleRun.healthy(), "achieved rate >= 95 % of offered during ramp");

        assertThat(result.reason())
                .isEqualTo(
                        "achieved rate was 100 %, limit >= 95 %, during ramp (20 s); 400 requests sent of 400 offered");
    }

    @Test
    void theAchievedRateAtItsLimitHoldsAndOneRequestLessDoesNot() {
        assertThat(judge(steady(1_710), "achieved rate >= 95 % of offered during steady")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(steady(1_709), "achieved rate >= 95 % of offered during steady")
                        .reason())
                .startsWith("achieved rate was 94.94 %, limit >= 95 %");
    }

    /** From half past a second on, requests count from the next whole second on, and so does what was offered. */
    @Test
    void anOddWindowIsClippedToWholeSecondsOnBothSides() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.plan = Optional.of(new LoadPlan(
                "ramp",
                List.of(
                        new Phase("warm-up", new TimeWindow(ExampleRun.at(0), ExampleRun.at(0.5)), 10, 10),
                        new Phase("steady", new TimeWindow(ExampleRun.at(0.5), ExampleRun.at(10.5)), 10, 10)),
                new TreeMap<>()));
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int tenth = 0; tenth < 105; tenth++) {
            client.record("read", RequestOutcome.OK, sent(tenth / 10.0), 10);
        }
        Evidence run = ExampleRun.of(facts.build(), client.build());

        assertThat(judge(run, "achieved rate >= 100 % of offered during steady").reason())
                .isEqualTo(
                        "achieved rate was 100 %, limit >= 100 %, during steady (10 s); 95 requests sent of 95 offered");
    }

    @Test
    void theRateIsPerSecondOfTheWindow() {
        assertThat(judge(ExampleRun.healthy(), "rate(all) >= 30 /s during steady")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(ExampleRun.healthy(), "rate(write) >= 3 /s during steady")
                        .measured())
                .contains("3 /s");
        assertThat(judge(ExampleRun.healthy(), "rate(all) > 30 /s during steady")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void warmUpCountsOnlyInTheWhole() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 20, 900);
        Evidence run = ExampleRun.of(ExampleRun.client(client, 20, 100, 100).build());

        assertThat(judge(run, "max(read) <= 100 ms").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, "max(read) <= 100 ms during whole").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void withoutAPlanNothingIsShown() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.plan = Optional.empty();

        assertThat(judge(ExampleRun.withFacts(ExampleRun.healthy(), facts.build()), "p95(read) <= 1 s")
                        .reason())
                .isEqualTo("p95(read): no load was planned");
    }

    private static Evidence equal(int count, int millis) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < count; i++) {
            client.record("read", RequestOutcome.OK, sent(50), millis);
        }
        return ExampleRun.of(client.build());
    }

    private static Evidence steady(int count) {
        return equal(count, 100);
    }

    private static Evidence errors(int failed, int all) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < all; i++) {
            client.record("read", i < failed ? RequestOutcome.KO : RequestOutcome.OK, sent(50), 10);
        }
        return ExampleRun.of(client.build());
    }

    private static SloResult judge(Evidence run, String slo) {
        return new SloJudge(run, Optional.empty()).judge("1", SloParser.parse(slo));
    }
}
