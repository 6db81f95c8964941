package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.at;
import static io.plimsoll.assertions.ExampleRun.event;
import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows beside marks, marks of disturbances and other events, steady state, and recovery of metrics. */
class WindowSloTest {
    /** The instance is killed at second 50; evictions are 5 from second 52 to 57, else 0. */
    private static final Evidence DISTURBED = with(
            ExampleRun.withEvents(ExampleRun.healthy(), events(kill(50))),
            series("evictions", "cache", second -> second >= 52 && second < 58 ? 5 : 0));

    @ParameterizedTest
    @CsvSource({
        "max(evictions) <= 0 during 2 s after terminate-instance, PASS, 2",
        "max(evictions) <= 0 during 3 s after terminate-instance, FAIL, 3",
        "max(evictions) <= 0 during 10 s before terminate-instance, PASS, 10",
        "max(evictions) <= 0 after terminate-instance, FAIL, 50",
        "max(evictions) <= 0 after 8 s after terminate-instance, PASS, 42",
        "max(evictions) <= 0 after 7 s after terminate-instance, FAIL, 43",
        "max(evictions) <= 0 before terminate-instance, PASS, 30",
        "max(evictions) <= 0 from terminate-instance to 2 s after terminate-instance, PASS, 2",
        "max(evictions) <= 0 from load-step to terminate-instance, PASS, 30",
        "max(evictions) <= 0 from start of steady to 12 s after start of steady, PASS, 12",
        "max(evictions) <= 0 from load-start to end of ramp, PASS, 40",
        "max(evictions) <= 0 after \"kill\", FAIL, 50",
    })
    void aWindowLiesWhereItsMarkIs(String slo, Outcome outcome, int datapoints) {
        SloResult result = judge(DISTURBED, slo);

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.samples()).isEqualTo(datapoints);
    }

    @Test
    void aWindowThatTheLoadCutsShortShowsNothingButABreach() {
        String slo = "max(evictions) <= %d during 60 s after terminate-instance";

        assertThat(judge(DISTURBED, slo.formatted(5)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(DISTURBED, slo.formatted(5)).reason())
                .endsWith("; but the load left only 50 s of the 60 s asked for");
        assertThat(judge(DISTURBED, slo.formatted(4)).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void timesBesideMarksAreScaledAsPhasesAre() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.timeScale = 0.05;
        Evidence scaled = ExampleRun.withFacts(DISTURBED, facts.build());

        assertThat(judge(scaled, "max(evictions) <= 0 during 60 s after terminate-instance")
                        .samples())
                .isEqualTo(3);
    }

    @Test
    void aMarkThatDidNotHappenShowsNothing() {
        assertThat(judge(ExampleRun.healthy(), "max(evictions) <= 0 after terminate-instance")
                        .reason())
                .isEqualTo("max(evictions): the mark 'terminate-instance' was not seen");
        Event failed = event(
                50,
                Event.Kind.DISTURBANCE,
                "i-1",
                "kill",
                Map.of("disturbance", "terminate-instance", "outcome", "failed"));
        Evidence refused = ExampleRun.withEvents(ExampleRun.healthy(), events(failed));

        assertThat(judge(refused, "max(evictions) <= 0 after terminate-instance")
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void whereEventsMayHaveBeenMissedAnObservedMarkIsInDoubtAndTheRunsOwnIsNot() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.collection = Optional.of(ExampleRun.collection("alarm history was refused"));
        Evidence blind = ExampleRun.withFacts(DISTURBED, facts.build());

        assertThat(judge(blind, "max(evictions) <= 9 after alarm").reason())
                .endsWith("; but events may have been missed: alarm history was refused");
        assertThat(judge(blind, "max(evictions) <= 9 after terminate-instance").outcome())
                .isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "time from terminate-instance to recovered(max(evictions) <= 0) <= 8 s, PASS, 8 s",
        "time from terminate-instance to recovered(max(evictions) <= 0) <= 7 s, INCONCLUSIVE, 8 s",
        "time from terminate-instance to recovered(max(evictions) <= 0) <= 6 s, FAIL, 8 s",
        "time from load-step to reached(max(evictions) >= 1) <= 23 s, PASS, 23 s",
        "time from load-step to reached(max(healthy hosts) >= 2 for each target group) <= 5 s, PASS, 4 s",
    })
    void metricsRecoverAndAreReachedToThePeriod(String slo, Outcome outcome, String measured) {
        SloResult result = judge(DISTURBED, slo);

        assertThat(result.measured()).contains(measured);
        assertThat(result.outcome()).isEqualTo(outcome);
    }

    @Test
    void recoveryIsForGoodUntilTheNextDisturbance() {
        Evidence twice = with(
                ExampleRun.withEvents(ExampleRun.healthy(), events(kill(50), kill(80))),
                series("evictions", "cache", s -> (s >= 52 && s < 58) || s >= 82 ? 5 : 0));

        assertThat(judge(twice, "time from terminate-instance to recovered(max(evictions) <= 0) <= 10 s")
                        .measured())
                .contains("8 s");
        assertThat(judge(twice, "time from load-step to recovered(max(evictions) > 0) <= 10 s")
                        .reason())
                .isEqualTo(
                        "'recovered(max(evictions) > 0)' was not reached within the 20 s watched after load-step, when the"
                                + " next disturbance began, limit <= 10 s");
    }

    @Test
    void anEventMarkedByTheRunIsAMark() {
        Event outage = event(60, Event.Kind.DISTURBANCE, "client", "writes fail", Map.of("mark", "write-outage"));
        Event back = event(64, Event.Kind.DISTURBANCE, "client", "writes work", Map.of("mark", "writes-restored"));
        Evidence run = ExampleRun.withEvents(ExampleRun.healthy(), events(outage, back));

        assertThat(judge(run, "time from write-outage to writes-restored <= 4 s")
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "time from load-step to launched <= 12 s, 12 s",
        "time from load-step to scale-in-alarm <= 60 s, 40 s",
        "time from load-step to scale-in-activity <= 60 s, 42 s",
        "time from load-step to terminated <= 60 s, 45 s",
        "time from load-step to unhealthy <= 60 s, 30 s",
    })
    void theMarksOfScalingAreFound(String slo, String measured) {
        Evidence run = ExampleRun.withEvents(
                ExampleRun.healthy(),
                List.of(
                        activity(27, "Launching a new EC2 instance: i-2", 32),
                        ExampleRun.health(50, "i-2", "healthy", "unhealthy"),
                        ExampleRun.alarm(60, "AlarmLow", "OK", "ALARM"),
                        activity(62, "Terminating EC2 instance: i-2", 65)));

        assertThat(judge(run, slo).measured()).contains(measured);
    }

    @Test
    void aPhaseCalledSteadyMustBeSo() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 80, 100);
        Evidence slowed = ExampleRun.of(ExampleRun.client(client, 80, 100, 300).build());

        SloResult result = judge(slowed, "p95(read) <= 1 s during steady");
        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.reason())
                .endsWith(
                        "; but steady state was not reached: the median response time still changed from 100 ms to 300 ms"
                                + " at 03:01:20 UTC, in the second half of the phase");
        assertThat(judge(slowed, "p95(read) <= 1 s").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(slowed, "p95(read) <= 110 % of steady during ramp").reason())
                .contains("steady: steady state was not reached");
    }

    @Test
    void aChangeInTheFirstHalfOfThePhaseOrTooSmallToMatterIsNone() {
        RequestHistograms.Builder early = ExampleRun.client(new RequestHistograms.Builder(), 0, 60, 100);
        Evidence settled = ExampleRun.of(ExampleRun.client(early, 60, 100, 300).build());
        RequestHistograms.Builder small = ExampleRun.client(new RequestHistograms.Builder(), 0, 80, 100);
        Evidence drifted = ExampleRun.of(ExampleRun.client(small, 80, 100, 109).build());

        assertThat(judge(settled, "p95(read) <= 1 s during steady").outcome()).isEqualTo(Outcome.PASS);
        assertThat(judge(drifted, "p95(read) <= 1 s during steady").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aGroupThatStillScalesIsNotSteadyAndOneThatIsNotMeasuredIsNotKnownToBe() {
        Evidence scaling =
                with(ExampleRun.healthy(), series("instances in service", "group", second -> second < 75 ? 1 : 2));
        Evidence gap = with(
                ExampleRun.healthy(), series("instances in service", "group", second -> second == 90 ? Double.NaN : 2));

        assertThat(judge(scaling, "p95(read) <= 1 s during steady").reason())
                .endsWith(
                        "; but steady state was not reached: instances in service of group still changed from 1 to 2 at"
                                + " 03:01:15 UTC, in the second half of the phase");
        assertThat(judge(gap, "p95(read) <= 1 s during steady").reason())
                .endsWith(
                        "; but it is not known whether the phase is steady: 1 of 60 datapoints of instances in service of"
                                + " group is missing, at 03:01:30 UTC");
    }

    @Test
    void aThroughputThatBreaksDownIsNotSteady() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 80, 100);
        for (int second = 80; second < 100; second++) {
            for (int i = 0; i < 30; i++) {
                client.record("read", i < 10 ? RequestOutcome.KO : RequestOutcome.OK, ExampleRun.sent(second), 100);
            }
        }

        assertThat(judge(ExampleRun.of(client.build()), "p95(read) <= 1 s during steady")
                        .reason())
                .endsWith(
                        "; but steady state was not reached: the throughput still changed from 30 /s to 20 /s at 03:01:20"
                                + " UTC, in the second half of the phase");
    }

    private static List<Event> events(Event... added) {
        List<Event> events = new ArrayList<>(ExampleRun.events());
        events.addAll(List.of(added));
        return events;
    }

    private static Event kill(double second) {
        return event(
                second,
                Event.Kind.DISTURBANCE,
                "i-1",
                "Killed i-1",
                Map.of("disturbance", "terminate-instance", "outcome", "done"));
    }

    private static Event activity(double second, String summary, double end) {
        return event(
                second,
                Event.Kind.SCALING_ACTIVITY,
                "group",
                summary,
                Map.of("status", "Successful", "end", at(end).toString(), "instance", "i-2"));
    }

    private static SloResult judge(Evidence run, String slo) {
        return new SloJudge(run, Optional.empty()).judge("1", SloParser.parse(slo));
    }
}
