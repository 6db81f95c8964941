package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadPlanTest {
    private static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    private static TimeWindow seconds(double from, double to) {
        return new TimeWindow(START.plusMillis((long) (from * 1000)), START.plusMillis((long) (to * 1000)));
    }

    private static LoadPlan plan(Phase... phases) {
        return new LoadPlan("ramp", List.of(phases), new TreeMap<>());
    }

    /** 10 s at 80/s, 20 s from there to 320/s, 60 s of it: 800 + 4000 + 19,200 requests. */
    private static LoadPlan ramp() {
        return plan(
                new Phase("warm-up", seconds(0, 10), 80, 80),
                new Phase("ramp", seconds(10, 30), 80, 320),
                new Phase("steady", seconds(30, 90), 320, 320));
    }

    @ParameterizedTest(name = "from {0} s to {1} s: {2}")
    @CsvSource({
        "0, 90, 24000",
        "0, 10, 800",
        "10, 30, 4000",
        "30, 90, 19200",
        "10, 20, 1400", // from 80/s to 200/s
        "20, 30, 2600", // from 200/s to 320/s
        "5, 15, 950", // 400 of the warm-up; from 80/s to 140/s
        "15, 15, 0",
        "-100, 0, 0",
        "90, 1000, 0",
        "-100, 1000, 24000",
        "89.5, 1000, 160"
    })
    void offeredRequestsAreTheAreaUnderTheRate(double from, double to, double requests) {
        assertThat(ramp().offeredRequests(seconds(from, to))).isCloseTo(requests, within(1e-9));
    }

    @Test
    void offeredRequestsOfAllTimeAreThoseOfThePlan() {
        assertThat(ramp().offeredRequests(new TimeWindow(Instant.MIN, Instant.MAX)))
                .isCloseTo(24_000, within(1e-9));
        assertThat(ramp().offeredRequests(ramp().whole())).isCloseTo(24_000, within(1e-9));
    }

    @Test
    void thePartsOfAPlanAddUpToThePhasesOwnCounts() {
        for (Phase phase : ramp().phases()) {
            assertThat(ramp().offeredRequests(phase.window())).isCloseTo(phase.offeredRequests(), within(1e-9));
        }
    }

    @Test
    void aPhaseWithoutLengthOffersNothing() {
        LoadPlan plan = plan(new Phase("none", seconds(5, 5), 10, 20), new Phase("steady", seconds(5, 6), 20, 20));

        assertThat(plan.offeredRequests(plan.whole())).isEqualTo(20);
        assertThat(plan.phases().get(0).offeredRequests()).isZero();
    }

    @Test
    void phasesAreFoundByName() {
        assertThat(ramp().phase("steady")).map(Phase::window).contains(seconds(30, 90));
        assertThat(ramp().phase("spike")).isEmpty();
    }

    @Test
    void theWarmUpIsNotJudged() {
        assertThat(ramp().whole()).isEqualTo(seconds(0, 90));
        assertThat(ramp().afterWarmUp()).isEqualTo(seconds(10, 90));
        assertThat(plan(new Phase("steady", seconds(3, 9), 1, 1)).afterWarmUp()).isEqualTo(seconds(3, 9));
    }

    @Test
    void aPlanCanBeKeptWithinARateAndALength() {
        assertThat(ramp().within(200, Duration.ofSeconds(50)).phases())
                .containsExactly(
                        new Phase("warm-up", seconds(0, 10), 80, 80),
                        new Phase("ramp", seconds(10, 30), 80, 200),
                        new Phase("steady", seconds(30, 50), 200, 200));
        assertThat(ramp().within(320, Duration.ofSeconds(90))).isEqualTo(ramp());
        assertThat(ramp().within(320, Duration.ofSeconds(20))).isEqualTo(ramp());
    }

    @Test
    void aPlanMustHaveAPhase() {
        assertThatThrownBy(() -> plan()).hasMessage("load plan ramp: must have a phase");
    }

    @Test
    void phasesMustFollowOneAnother() {
        Phase first = new Phase("warm-up", seconds(0, 10), 1, 1);

        assertThatThrownBy(() -> plan(first, new Phase("steady", seconds(10.001, 20), 1, 1)))
                .hasMessage("load plan ramp: phase steady must start when warm-up ends, at 2026-11-24T03:00:10Z, was"
                        + " 2026-11-24T03:00:10.001Z");
        assertThatThrownBy(() -> plan(first, new Phase("steady", seconds(9.999, 20), 1, 1)))
                .hasMessageEndingWith("was 2026-11-24T03:00:09.999Z");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY})
    void ratesMustBeFiniteAndNotNegative(double rate) {
        assertThatThrownBy(() -> new Phase("steady", seconds(0, 1), rate, 1))
                .hasMessage("phase steady: rates must be finite and >= 0, were " + rate + " and 1.0");
        assertThatThrownBy(() -> new Phase("steady", seconds(0, 1), 1, rate))
                .hasMessage("phase steady: rates must be finite and >= 0, were 1.0 and " + rate);
        assertThat(new Phase("steady", seconds(0, 1), 0, 0).offeredRequests()).isZero();
    }
}
