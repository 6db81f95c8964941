package io.plimsoll.assertions;

import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final String HOLDS = "max(evictions) <= 0";
    private static final String FAILS = "max(cache hits) <= 0";
    private static final String UNKNOWN = "p95(nothing) <= 1 s";
    private static final Evidence HEALTHY = ExampleRun.healthy();

    @Test
    void aRunWhoseTestedClaimsHoldPasses() {
        Verdict verdict = judge(HEALTHY, claim("A.1", HOLDS), claim("2", HOLDS, HOLDS), untested("3"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.reason()).isEqualTo("3 SLOs of 2 tested claims hold; 1 claim not tested");
        assertThat(verdict.claims())
                .extracting(ClaimResult::reason)
                .containsExactly("1 SLO holds", "2 SLOs hold", "needs time");
        assertThat(verdict.runId()).isEqualTo("a-run");
        assertThat(verdict.profile()).isEqualTo("ramp");
    }

    @Test
    void oneFailureFailsTheClaimAndTheRunWhateverElse() {
        Verdict verdict = judge(HEALTHY, claim("1", HOLDS), claim("A.2", UNKNOWN, FAILS, HOLDS), claim("3", UNKNOWN));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason())
                .isEqualTo("claim A.2 not fulfilled: max(cache hits) was 9, limit <= 0, during after-warm-up (80 s);"
                        + " 80 datapoints");
        assertThat(verdict.claims())
                .extracting(ClaimResult::outcome)
                .containsExactly(Outcome.PASS, Outcome.FAIL, Outcome.INCONCLUSIVE);
    }

    @Test
    void oneUnknownMakesTheRunInconclusive() {
        Verdict verdict = judge(HEALTHY, claim("1", HOLDS), claim("2", HOLDS, UNKNOWN), claim("3", UNKNOWN));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo(
                        "claims 2, 3 neither shown nor refuted: p95(nothing): no OK response to 'nothing' (recorded were:"
                                + " read, write), during after-warm-up (80 s)");
    }

    @Test
    void aRunThatTestedNothingIsInconclusive() {
        Verdict verdict = judge(HEALTHY, untested("1"), untested("2"));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason()).isEqualTo("nothing was tested: 2 claims not tested");
        assertThat(judge(HEALTHY).reason()).isEqualTo("nothing was tested: 0 claims not tested");
    }

    @Test
    void aClaimOfAnotherProfileIsNotTested() {
        StageClaim spike =
                new StageClaim("1", "x", "s", Optional.of("spike"), List.of(SloParser.parse(FAILS)), Optional.empty());
        StageClaim ramp =
                new StageClaim("2", "x", "s", Optional.of("ramp"), List.of(SloParser.parse(HOLDS)), Optional.empty());

        Verdict verdict = judge(HEALTHY, spike, ramp);

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.claims().get(0).outcome()).isEqualTo(Outcome.NOT_TESTED);
        assertThat(verdict.claims().get(0).reason()).isEqualTo("needs the load profile 'spike', this run used 'ramp'");
        assertThat(verdict.claims().get(0).slos()).isEmpty();
    }

    @Test
    void anInvalidRunVoidsPassAndFail() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.state = RunFacts.State.ABORTED;
        Evidence aborted = ExampleRun.withFacts(HEALTHY, facts.build());

        for (String slo : List.of(HOLDS, FAILS, UNKNOWN)) {
            Verdict verdict = judge(aborted, claim("1", slo));
            assertThat(verdict.outcome()).isEqualTo(Outcome.INVALID);
            assertThat(verdict.claims().get(0).reason()).startsWith("not relied on: ");
            assertThat(verdict.claims().get(0).slos().get(0).reason()).startsWith("not relied on: ");
            assertThat(verdict.reason())
                    .isEqualTo("the run cannot be relied on: run complete (the run was aborted:"
                            + " the environment did not start)");
        }
    }

    @Test
    void anUnknownFactVoidsThePassButNotTheFailure() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.clockOffset = Optional.empty();
        Evidence unknown = ExampleRun.withFacts(HEALTHY, facts.build());

        assertThat(judge(unknown, claim("1", HOLDS)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judge(unknown, claim("1", HOLDS)).reason())
                .isEqualTo("it is not known whether the run can be relied on: clock offset (not measured)");
        assertThat(judge(unknown, claim("1", FAILS)).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aKeySloIsNamedFirstWhereSeveralDecide() {
        Verdict verdict =
                judge(HEALTHY, claim("1", FAILS, "max(evictions) < 0, key"), claim("2", "min(evictions) > 0, key"));

        assertThat(verdict.claims().get(0).reason()).startsWith("max(evictions) was 0, limit < 0");
        assertThat(judge(HEALTHY, claim("1", FAILS), claim("2", "min(evictions) > 0, key"))
                        .reason())
                .startsWith("claims 1, 2 not fulfilled: min(evictions) was 0, limit > 0");
    }

    @Test
    void theFiguresHoldWhatEachSloAndEachRequestCameTo() {
        StageClaim claim = claim("1", "p95(read) <= 1 s during steady", "time from load-step to alarm <= 1 min", FAILS);
        Figures figures = Judge.judgement(new Stage("s", "t", List.of(claim)), HEALTHY, Optional.empty())
                .figures();

        assertThat(figures.values())
                .containsEntry("p95(read) during steady", 0.1)
                .containsEntry("time from load-step to alarm", 5.0)
                .containsEntry("max(cache hits)", 9.0);
        assertThat(figures.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(figures.window()).isEqualTo("steady");
        assertThat(figures.requests().get(0))
                .isEqualTo(new Figures.OfRequest(
                        "read",
                        1_620,
                        27,
                        0,
                        Optional.of(100.0),
                        Optional.of(100.0),
                        Optional.of(100.0),
                        Optional.of(100.0)));
    }

    /** Percentiles, ratios and quotients among them: what draws at random does so by the run's own seed. */
    @Test
    void theSameEvidenceGivesTheSameVerdictTwentyTimes() {
        Evidence run = with(HEALTHY, series("cache hits", "cache", second -> second % 7));
        StageClaim claim = claim(
                "1",
                FAILS,
                "p95(read) <= 110 % of ramp during steady",
                "mean(read) <= 1 s during steady",
                "error ratio <= 1 % during steady",
                "sum(cache hits) / sum(cache misses) <= 310 % during steady");
        Verdict first = judge(run, claim);

        for (int i = 0; i < 20; i++) {
            assertThat(judge(run, claim)).isEqualTo(first);
        }
    }

    private static Verdict judge(Evidence run, StageClaim... claims) {
        return Judge.judge(new Stage("s", "t", List.of(claims)), run);
    }

    private static StageClaim claim(String id, String... slos) {
        return new StageClaim(
                id,
                "x",
                "s",
                Optional.empty(),
                Stream.of(slos).map(SloParser::parse).toList(),
                Optional.empty());
    }

    private static StageClaim untested(String id) {
        return new StageClaim(id, "x", "s", Optional.empty(), List.of(), Optional.of("needs time"));
    }
}
