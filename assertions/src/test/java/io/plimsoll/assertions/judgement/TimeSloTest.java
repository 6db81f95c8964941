package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.alarm;
import static io.plimsoll.assertions.ExampleRun.health;
import static io.plimsoll.assertions.ExampleRun.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSloTest {
    /** Healthy was seen 13 s after the load step, by polls half a second apart. */
    private static final Evidence HEALTHY = ExampleRun.healthy();

    @ParameterizedTest
    @CsvSource({
        "time from load-step to alarm <= 5 s, PASS, 5 s",
        "time from load-step to alarm < 5 s, FAIL, 5 s",
        "time from load-step to alarm <= 4999 ms, FAIL, 5 s",
        "time from load-step to scaling-activity <= 7 s, PASS, 7 s",
        "time from alarm to scaling-activity <= 2 s, PASS, 2 s",
        "time from load-step to healthy <= 13 s, PASS, 13 s",
        "time from load-step to healthy <= 12.9 s, INCONCLUSIVE, 13 s",
        "time from load-step to healthy <= 12.5 s, INCONCLUSIVE, 13 s",
        "time from load-step to healthy <= 12.4 s, FAIL, 13 s",
        "time from load-step to healthy >= 12.5 s, PASS, 13 s",
        "time from load-step to healthy >= 13 s, INCONCLUSIVE, 13 s",
        "time from load-step to healthy >= 13.1 s, FAIL, 13 s"
    })
    void theLimitItselfHoldsAndTheErrorBarMustLieOnOneSide(String slo, Outcome outcome, String measured) {
        SloResult result = judge(HEALTHY, slo);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.measured()).contains(measured);
    }

    @Test
    void theReasonNamesTheErrorBarAndTheStart() {
        assertThat(judge(HEALTHY, "time from load-step to healthy <= 7 min").reason())
                .isEqualTo("time from load-step to healthy took 13 s, up to 500 ms less, limit <= 7 min;"
                        + " from 2026-11-24T03:00:20Z");
    }

    @Test
    void theErrorBarOfTheStartCountsToo() {
        Evidence run = events(
                launch(21, "i-2", "Successful"),
                health(30, "i-2", "initial", "healthy"),
                alarm(40, "AlarmHigh", "OK", "ALARM"));

        assertThat(judge(run, "time from healthy to alarm <= 10.5 s").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(run, "time from healthy to alarm <= 10 s").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(run, "time from healthy to alarm <= 9.9 s").outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge(run, "time from healthy to alarm <= 10 s").reason())
                .contains("took 10 s, up to 500 ms more, limit <= 10 s");
    }

    @Test
    void theTimeScaleShortensTheLimit() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.timeScale = 0.05;
        Evidence run = ExampleRun.withFacts(HEALTHY, facts.build());

        assertThat(judge(run, "time from load-step to healthy <= 7 min").reason())
                .contains("limit <= 7 min × 0.05 = 21 s;");
        assertThat(judge(run, "time from load-step to alarm <= 100 s").outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(run, "time from load-step to alarm <= 99 s").outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aMarkNeverReachedFailsOnceItWasWatchedForLonger() {
        Evidence run = events();

        SloResult failed = judge(run, "time from load-step to healthy <= 79 s");
        assertThat(failed.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(failed.reason())
                .isEqualTo("'healthy' was not reached within the 80 s watched after load-step, limit <= 79 s");
        SloResult unknown = judge(run, "time from load-step to healthy <= 80 s");
        assertThat(unknown.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(unknown.reason()).endsWith("limit <= 80 s; the watch was too short to prove a breach");
        assertThat(judge(run, "time from load-step to healthy >= 1 s").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anAbsentStartIsInconclusive() {
        assertThat(judge(events(), "time from alarm to healthy <= 1 s").reason())
                .isEqualTo("time from alarm to healthy: the mark 'alarm' was not seen");
    }

    @Test
    void aPlannedMarkBeforeTheStartIsNoTime() {
        SloResult result = judge(HEALTHY, "time from alarm to load-step <= 1 min");

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason()).isEqualTo("time from alarm to load-step: 'load-step' lies before 'alarm'");
    }

    @Test
    void whereEventsMayHaveBeenMissedOnlyAnUpperLimitFromThePlanIsShown() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.collection = Optional.of(ExampleRun.collection("alarm history was refused"));
        Evidence blind = ExampleRun.withFacts(HEALTHY, facts.build());

        assertThat(judge(blind, "time from load-step to healthy <= 20 s").outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(blind, "time from load-step to healthy <= 5 s").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(blind, "time from load-step to healthy >= 5 s").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(blind, "time from alarm to healthy <= 20 s").outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(blind, "time from load-step to recovered(p95(read) <= 1 s) <= 5 s")
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(ExampleRun.withEvents(blind, List.of()), "time from load-step to healthy <= 5 s")
                        .reason())
                .endsWith("; but events may have been missed: alarm history was refused");
        facts.collection = Optional.empty();
        assertThat(judge(ExampleRun.withFacts(HEALTHY, facts.build()), "time from load-step to healthy <= 5 s")
                        .reason())
                .endsWith("; but events may have been missed: nothing says that events were collected");
    }

    @Test
    void aScaleInAlarmIsNoAlarm() {
        Evidence run = events(alarm(22, "AlarmLow-1", "OK", "ALARM"), alarm(26, "AlarmHigh-1", "OK", "ALARM"));

        assertThat(judge(run, "time from load-step to alarm <= 1 min").measured())
                .contains("6 s");
        assertThat(judge(events(alarm(22, "AlarmHigh", "ALARM", "OK")), "time from load-step to alarm <= 1 min")
                        .measured())
                .isEmpty();
    }

    @Test
    void onlyAnInstanceLaunchedAfterTheStartIsTheHealthyOne() {
        Evidence run = events(
                launch(10, "i-1", "Successful"),
                health(24, "i-1", "initial", "healthy"),
                launch(25, "i-2", "Successful"),
                health(31, "i-2", "initial", "healthy"));

        assertThat(judge(run, "time from load-step to healthy <= 1 min").measured())
                .contains("11 s");
    }

    @ParameterizedTest
    @CsvSource({"Failed", "Cancelled"})
    void anActivityThatLaunchedNothingIsNone(String status) {
        Evidence run = events(launch(22, "i-3", status), launch(30, "i-2", "InProgress"));

        assertThat(judge(run, "time from load-step to scaling-activity <= 1 min")
                        .measured())
                .contains("10 s");
    }

    @Test
    void aHealthEventWithoutABoundMayHaveHappenedAnyTimeBefore() {
        Event seen = ExampleRun.event(33, Event.Kind.TARGET_HEALTH, "i-2", "health", Map.of("to", "healthy"));
        Evidence run = events(launch(25, "i-2", "Successful"), seen);

        assertThat(judge(run, "time from load-step to healthy <= 13 s").outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(run, "time from load-step to healthy <= 5 s").outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void whatNeverBrokeHasRecoveredAtOnce() {
        assertThat(judge(HEALTHY, "time from load-step to recovered(p95(read) <= 500 ms) <= 1 s")
                        .reason())
                .isEqualTo("time from load-step to recovered(p95(read) <= 500 ms) took 0 s, limit <= 1 s;"
                        + " from 2026-11-24T03:00:20Z");
    }

    @Test
    void recoveryIsTheFirstSecondFromWhichItHoldsForGood() {
        Evidence run = slow(30, 45, 600);

        assertThat(judge(run, "time from load-step to recovered(p95(read) <= 500 ms) <= 25 s")
                        .measured())
                .contains("25 s");
        assertThat(judge(run, "time from load-step to recovered(p95(read) <= 600 ms) <= 1 s")
                        .measured())
                .contains("0 s");
        assertThat(judge(run, "time from load-step to recovered(p95(read) <= 500 ms) <= 24 s")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void whatNeverRecoversFailsUpToTheLastStretchThatWasWatched() {
        Evidence run = slow(30, 100, 600);

        assertThat(judge(run, "time from load-step to recovered(p95(read) <= 500 ms) <= 69 s")
                        .reason())
                .isEqualTo("'recovered(p95(read) <= 500 ms)' was not reached within the 70 s watched after load-step,"
                        + " limit <= 69 s");
        assertThat(judge(run, "time from load-step to recovered(p95(read) <= 500 ms) <= 70 s")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void failedResponsesAreNoRecoveryAndNoResponsesAreUnknown() {
        RequestHistograms.Builder failing = ExampleRun.client(new RequestHistograms.Builder(), 0, 85, 100);
        for (int second = 85; second < 100; second++) {
            failing.record("read", RequestOutcome.KO, ExampleRun.sent(second), 10);
        }
        Evidence refused = ExampleRun.of(failing.build());
        Evidence silent = ExampleRun.of(
                ExampleRun.client(new RequestHistograms.Builder(), 0, 85, 100).build());

        assertThat(judge(refused, "time from load-step to recovered(p95(read) <= 1 s) <= 5 s")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(refused, "time from load-step to recovered(error ratio <= 5 %) <= 5 s")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(judge(silent, "time from load-step to recovered(p95(read) <= 1 s) <= 5 s")
                        .reason())
                .isEqualTo("time from load-step to recovered(p95(read) <= 1 s): no response in the 10 s from"
                        + " 2026-11-24T03:01:30Z, so it cannot be told when it recovered");
        assertThat(judge(silent, "time from load-step to recovered(error ratio <= 5 %) <= 5 s")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static Evidence slow(int from, int to, int millis) {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, from, 100);
        ExampleRun.client(client, from, to, millis);
        return ExampleRun.of(ExampleRun.client(client, to, 100, 100).build());
    }

    private static Evidence events(Event... events) {
        return ExampleRun.withEvents(HEALTHY, List.of(events));
    }

    private static SloResult judge(Evidence run, String slo) {
        return new SloJudge(run, Optional.empty()).judge("1", SloParser.parse(slo));
    }
}
