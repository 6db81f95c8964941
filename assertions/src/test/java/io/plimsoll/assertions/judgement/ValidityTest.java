package io.plimsoll.assertions.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.ValidityCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {
    private static final Evidence HEALTHY = ExampleRun.healthy();

    @Test
    void aHealthyRunPassesEveryCheckInAFixedOrder() {
        List<ValidityCheck> checks = Validity.check(HEALTHY);

        assertThat(checks).extracting(ValidityCheck::outcome).containsOnly(Outcome.PASS);
        assertThat(checks)
                .extracting(ValidityCheck::name)
                .containsExactly(
                        "evidence",
                        "run complete",
                        "log integrity",
                        "achieved rate",
                        "injector CPU",
                        "injector machine CPU",
                        "injector GC pause",
                        "injector scheduling delay",
                        "clock offset",
                        "stack known",
                        "stack unchanged");
    }

    @Test
    void aStackThatWasChangedUnderTheRunVoidsIt() {
        Evidence changed = ExampleRun.withTopology(
                HEALTHY,
                HEALTHY.topology().resources().stream()
                        .map(one -> one.id().equals("db")
                                ? Resource.of(
                                        one.kind(), one.id(), Map.of(Validity.CHANGED, "version from 8.0.35 to 8.0.36"))
                                : one)
                        .toList());

        assertThat(Validity.check(changed))
                .contains(new ValidityCheck(
                        "stack unchanged", Outcome.INVALID, "database db changed: version from 8.0.35 to 8.0.36"));
        assertThat(Validity.check(ExampleRun.withTopology(HEALTHY, List.of())))
                .contains(new ValidityCheck("stack unchanged", Outcome.INCONCLUSIVE, "the stack was not described"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.80, 0.95, 500, 100, injector CPU, PASS, '80 % of its processors, must be <= 80'",
        "0.8001, 0.95, 500, 100, injector CPU, INVALID, '80.01 % of its processors, must be <= 80'",
        "0.80, 0.95, 500, 100, injector machine CPU, PASS, '95 % of its processors, must be <= 95'",
        "0.80, 0.9501, 500, 100, injector machine CPU, INVALID, '95.01 % of its processors, must be <= 95'",
        "0.80, 0.95, 500, 100, injector GC pause, PASS, '500 ms at the longest, must be <= 500'",
        "0.80, 0.95, 501, 100, injector GC pause, INVALID, '501 ms at the longest, must be <= 500'",
        "0.80, 0.95, 500, 100, injector scheduling delay, PASS, '100 ms in 99 % of the cases, must be <= 100'",
        "0.80, 0.95, 500, 101, injector scheduling delay, INVALID, '101 ms in 99 % of the cases, must be <= 100'"
    })
    void theInjectorsLimitsHoldExactly(
            double cpu, double host, long pause, long delay, String name, Outcome outcome, String reason) {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.injector = Optional.of(new RunFacts.InjectorHealth(2, cpu, 1, host, pause, 9_999, delay));

        assertThat(check(facts, name)).isEqualTo(new ValidityCheck(name, outcome, reason));
    }

    @ParameterizedTest
    @CsvSource({"injector CPU", "injector machine CPU", "injector GC pause", "injector scheduling delay"})
    void anInjectorNotMeasuredIsUnknown(String name) {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.injector = Optional.empty();

        assertThat(check(facts, name)).isEqualTo(new ValidityCheck(name, Outcome.INCONCLUSIVE, "not measured"));
    }

    @ParameterizedTest
    @CsvSource({
        "1990, 10, PASS",
        "-1990, 10, PASS",
        "1991, 10, INCONCLUSIVE",
        "2010, 10, INCONCLUSIVE",
        "2011, 10, INVALID",
        "-2011, 10, INVALID",
        "0, 2001, INCONCLUSIVE",
        "-9223372036854775808, 0, INVALID",
        "0, 9223372036854775807, INCONCLUSIVE"
    })
    void theClockOffsetCountsWithItsError(long offset, long error, Outcome outcome) {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.clockOffset = Optional.of(new RunFacts.ClockOffset(offset, error));

        assertThat(check(facts, "clock offset"))
                .isEqualTo(new ValidityCheck(
                        "clock offset",
                        outcome,
                        "the stack's clock is " + offset + " ± " + error
                                + " ms from the injector's, must be within ± 2000 ms"));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.2, PASS", "1.9, 0.3, INCONCLUSIVE", "-2.6, 0.5, INVALID"})
    void theClockOfTheServiceItselfCountsWhereItWasRead(double offset, double error, Outcome outcome) {
        Evidence read = ExampleRun.withSeries(HEALTHY, series -> {
            List<Series> more = new ArrayList<>(series);
            more.add(ExampleRun.series("service clock offset", "client", second -> second == 0 ? 0.0 : offset));
            more.add(ExampleRun.series("service clock error", "client", second -> error));
            return more;
        });
        assertThat(Validity.check(read))
                .contains(new ValidityCheck(
                        "service clock offset",
                        outcome,
                        "the service's clock is " + Math.round(1000 * offset) + " ± " + Math.round(1000 * error)
                                + " ms from the injector's, must be within ± 2000 ms"));
    }

    @Test
    void aClockNeverComparedIsUnknown() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.clockOffset = Optional.empty();

        assertThat(check(facts, "clock offset"))
                .isEqualTo(new ValidityCheck("clock offset", Outcome.INCONCLUSIVE, "not measured"));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, 'the run never ended: it was killed, or is still going on'",
        "ABORTED, the run was aborted: the environment did not start"
    })
    void aRunThatDidNotEndAsPlannedIsInvalid(RunFacts.State state, String reason) {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.state = state;

        assertThat(check(facts, "run complete")).isEqualTo(new ValidityCheck("run complete", Outcome.INVALID, reason));
    }

    /** The ramp offers 400 and the steady phase 1,800: 95 % are 2,090. */
    @ParameterizedTest
    @CsvSource({
        "2090, PASS, 'sent 2,090 of 2200 requests offered after the warm-up, 95 %, must be >= 95 %'",
        "2089, INVALID, 'sent 2,089 of 2200 requests offered after the warm-up, 94.95 %, must be >= 95 %'"
    })
    void theAchievedRateHoldsExactly(int sent, Outcome outcome, String reason) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < sent; i++) {
            client.record("read", RequestOutcome.OK, ExampleRun.sent(50), 10);
        }

        assertThat(check(ExampleRun.of(client.build()), "achieved rate"))
                .isEqualTo(new ValidityCheck("achieved rate", outcome, reason));
    }

    /** 2,400 requests are offered in all, four by each user: 600 users. Of the requests after the warm-up, half are sent. */
    @ParameterizedTest
    @CsvSource({
        "570, PASS, 'by 570 of 600 users offered, 95 %, must be >= 95 %'",
        "569, INVALID, 'by 569 of 600 users offered, 94.83 %, must be >= 95 %'"
    })
    void visitsThatFailedEarlyAreNotTheInjectorsFaultIfAllUsersWereStarted(int users, Outcome outcome, String reason) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < 1_100; i++) {
            client.record("read", RequestOutcome.OK, ExampleRun.sent(50), 10);
        }
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.plan = facts.plan.map(plan -> new LoadPlan(
                plan.profile(),
                plan.phases().stream()
                        .map(phase -> phase.withRequestsPerUser(4))
                        .toList(),
                plan.marks()));
        Evidence run = ExampleRun.withIntegrity(
                ExampleRun.of(facts.build(), client.build()), new LogIntegrity(1_100, users, users, 0, List.of()));

        assertThat(check(run, "achieved rate"))
                .isEqualTo(new ValidityCheck(
                        "achieved rate",
                        outcome,
                        "sent 1,100 of 2200 requests offered after the warm-up, 50 %, " + reason));
    }

    @Test
    void aRunWithoutLoadIsInvalid() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.plan = Optional.empty();
        assertThat(check(facts, "achieved rate"))
                .isEqualTo(new ValidityCheck("achieved rate", Outcome.INVALID, "no load was planned"));

        facts.plan = Optional.of(new LoadPlan("warm", ExampleRun.PLAN.phases().subList(0, 1), ExampleRun.PLAN.marks()));
        assertThat(check(facts, "achieved rate"))
                .isEqualTo(
                        new ValidityCheck("achieved rate", Outcome.INVALID, "no load was offered after the warm-up"));
    }

    /** Of an aborted run's log. */
    @ParameterizedTest
    @CsvSource({
        "9, 2, 1, 0, users are missing, INCONCLUSIVE, not to be told of an aborted run: users are missing",
        "9, 2, 1, 0, users are missing|and more, INVALID, users are missing; and more",
        "9, 2, 1, 3, the log is cut, INVALID, the log is cut",
        "9, 1, 2, 0, users are missing, INVALID, users are missing",
        "0, 2, 1, 0, users are missing, INVALID, users are missing"
    })
    void usersThatAnAbortCutOffAreNoSecondReason(
            long requests, long started, long ended, long trailing, String faults, Outcome outcome, String reason) {
        LogIntegrity log = new LogIntegrity(requests, started, ended, trailing, List.of(faults.split("\\|", -1)));
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.state = RunFacts.State.ABORTED;

        assertThat(check(ExampleRun.withIntegrity(ExampleRun.withFacts(HEALTHY, facts.build()), log), "log integrity"))
                .isEqualTo(new ValidityCheck("log integrity", outcome, reason));
        assertThat(check(ExampleRun.withIntegrity(HEALTHY, log), "log integrity")
                        .outcome())
                .isEqualTo(Outcome.INVALID);
    }

    @Test
    void loadThatAnAbortCutOffIsNoSecondReason() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.state = RunFacts.State.ABORTED;
        RequestHistograms one = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, ExampleRun.sent(50), 10)
                .build();

        assertThat(check(ExampleRun.of(facts.build(), one), "achieved rate"))
                .isEqualTo(new ValidityCheck(
                        "achieved rate",
                        Outcome.INCONCLUSIVE,
                        "not to be told of an aborted run: sent 1 of 2200 requests offered after the warm-up, 0.04545 %,"
                                + " must be >= 95 %"));
        facts.plan = Optional.empty();
        assertThat(check(ExampleRun.of(facts.build(), one), "achieved rate"))
                .isEqualTo(new ValidityCheck(
                        "achieved rate",
                        Outcome.INCONCLUSIVE,
                        "not to be told of an aborted run: no load was planned"));
    }

    @Test
    void aDamagedLogOrDamagedEvidenceIsInvalid() {
        LogIntegrity cut = new LogIntegrity(9, 2, 1, 3, List.of("the log is cut", "users are missing"));
        assertThat(check(ExampleRun.withIntegrity(HEALTHY, cut), "log integrity"))
                .isEqualTo(new ValidityCheck("log integrity", Outcome.INVALID, "the log is cut; users are missing"));
        assertThat(check(ExampleRun.withIntegrity(HEALTHY, HEALTHY.integrity(), "a", "b"), "evidence"))
                .isEqualTo(new ValidityCheck("evidence", Outcome.INVALID, "a; b"));
    }

    @Test
    void aRecordThatDiffersFromItsLogIsInvalid() {
        RequestHistograms less =
                ExampleRun.client(new RequestHistograms.Builder(), 0, 99, 100).build();

        assertThat(check(ExampleRun.withClient(HEALTHY, less), "log integrity"))
                .isEqualTo(new ValidityCheck(
                        "log integrity", Outcome.INVALID, "the log held 2,400 requests, the evidence has 2,370"));
    }

    @Test
    void anAlarmInAnUnreadableStateIsNoProofOfAMissingEvent() {
        Evidence run = ExampleRun.withEvents(
                HEALTHY,
                List.of(
                        ExampleRun.alarm(1, "a", "OK", "unknown"),
                        ExampleRun.alarm(2, "a", "ALARM", "OK"),
                        ExampleRun.alarm(3, "b", "OK", "ALARM"),
                        ExampleRun.alarm(4, "b", "OK", "ALARM")));

        assertThat(check(run, "stack known"))
                .isEqualTo(new ValidityCheck(
                        "stack known",
                        Outcome.INCONCLUSIVE,
                        "an event is missing: alarm tt-b went to ALARM, and later on from OK"));
    }

    private static ValidityCheck check(ExampleRun.Facts facts, String name) {
        return check(ExampleRun.withFacts(HEALTHY, facts.build()), name);
    }

    private static ValidityCheck check(Evidence run, String name) {
        return Validity.check(run).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
