package io.plimsoll.assertions.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.assertions.capacity.CapacitySearch.Done;
import io.plimsoll.assertions.capacity.CapacitySearch.Kind;
import io.plimsoll.assertions.capacity.CapacitySearch.Probe;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacitySearchTest {
    private static final SearchPlan PLAN = plan(40, 4_000);

    private static SearchPlan plan(double start, double ceiling) {
        return new SearchPlan(
                start, ceiling, 2, 0.04, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(20), 2, 40);
    }

    /** A stack that holds so much and delivers that under overload. */
    private static Function<Probe, ProbeResult> holding(double capacity) {
        return probe -> new ProbeResult(
                probe,
                probe.ratePerSecond() <= capacity ? Outcome.PASS : Outcome.FAIL,
                Math.min(probe.ratePerSecond(), capacity));
    }

    private record Search(List<ProbeResult> probes, Done done) {
        double loadSeconds() {
            return probes.stream()
                    .mapToDouble(probe -> probe.step().length().toMillis() / 1000.0)
                    .sum();
        }
    }

    private static Search search(SearchPlan plan, Function<Probe, ProbeResult> stack) {
        List<ProbeResult> probes = new ArrayList<>();
        while (true) {
            if (CapacitySearch.next(plan, probes) instanceof Probe probe) {
                probes.add(stack.apply(probe));
            } else {
                return new Search(probes, (Done) CapacitySearch.next(plan, probes));
            }
        }
    }

    @Test
    void rampsUntilAProbeFailsThenTriesAroundWhatItDelivered() {
        Search search = search(PLAN, holding(200));

        assertThat(search.probes().stream().map(probe -> probe.step().kind()))
                .containsExactly(
                        Kind.RAMP, Kind.RAMP, Kind.RAMP, Kind.RAMP, Kind.HINT, Kind.HINT, Kind.CONFIRM, Kind.HOLD);
        assertThat(search.done().complete()).isTrue();
        assertThat(search.done().reason())
                .isEqualTo("between 196.1 /s, which was held for 20.0 s, and 204.0 /s, which was not");
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 41, 79.9, 80, 199, 512, 1_777, 3_999})
    void theBracketHoldsTheTruthAndIsAsNarrowAsAsked(double capacity) {
        Done done = search(PLAN, holding(capacity)).done();

        assertThat(done.complete()).isTrue();
        double low = done.highestPassing().orElseThrow();
        double high = done.lowestFailing().orElseThrow();
        assertThat(low).isLessThanOrEqualTo(capacity);
        assertThat(high).isGreaterThan(capacity).isLessThanOrEqualTo(low * 1.04 * (1 + 1e-6));
    }

    /** Stairs from the start in steps as wide as the bracket, each as long as a probe, and the same hold. */
    @ParameterizedTest
    @ValueSource(doubles = {350, 512, 1_777, 3_333})
    void takesAtMostAThirdOfTheLoadTimeOfStairsOfThatResolution(double capacity) {
        Search search = search(PLAN, holding(capacity));
        double width = search.done().lowestFailing().orElseThrow()
                - search.done().highestPassing().orElseThrow();
        double stairs = Math.ceil((capacity - 40) / width + 1) * 10 + 20;

        assertThat(search.loadSeconds()).isLessThanOrEqualTo(stairs / 3);
    }

    @Test
    void aStackThatCollapsesUnderOverloadIsSearchedByBisection() {
        Search search = search(
                PLAN,
                probe -> new ProbeResult(
                        probe,
                        probe.ratePerSecond() <= 200 ? Outcome.PASS : Outcome.FAIL,
                        probe.ratePerSecond() <= 200 ? probe.ratePerSecond() : 20));

        assertThat(search.done().complete()).isTrue();
        assertThat(search.done().highestPassing().orElseThrow()).isBetween(192.0, 200.0);
        assertThat(search.probes()).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void twentyNoisySearchesHoldTheTruthAtLeastNineteenTimes() {
        int held = 0;
        for (int run = 0; run < 20; run++) {
            Random noise = new Random(run);
            Done done = search(PLAN, probe -> {
                        double off = probe.ratePerSecond() / 200 - 1;
                        // Within 1 % of the truth a probe may come out either way; one in 25 is disturbed and fails.
                        boolean passes = noise.nextInt(25) != 0 && off <= (noise.nextDouble() - 0.5) * 0.02;
                        return new ProbeResult(
                                probe, passes ? Outcome.PASS : Outcome.FAIL, Math.min(probe.ratePerSecond(), 200));
                    })
                    .done();
            boolean holds = done.highestPassing().orElse(0.0) <= 202
                    && done.lowestFailing().orElse(1e9) >= 198;
            held += holds ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(19);
    }

    @Test
    void oneDisturbedProbeAtTheFailingEndDoesNotLowerTheAnswer() {
        List<ProbeResult> seen = new ArrayList<>();
        Done done = search(PLAN, probe -> {
                    boolean disturbed = seen.size() == 2; // the third probe of the ramp, at 160 /s
                    ProbeResult result = disturbed
                            ? new ProbeResult(probe, Outcome.FAIL, 158)
                            : holding(200).apply(probe);
                    seen.add(result);
                    return result;
                })
                .done();

        assertThat(done.highestPassing().orElseThrow()).isBetween(190.0, 200.0);
    }

    @Test
    void aRateThatOnlyTheLongHoldRefutesIsNotTheAnswer() {
        Done done = search(PLAN, probe -> {
                    double capacity = probe.kind() == Kind.HOLD ? 180 : 200;
                    return holding(capacity).apply(probe);
                })
                .done();

        assertThat(done.complete()).isTrue();
        assertThat(done.highestPassing().orElseThrow()).isLessThanOrEqualTo(180);
        assertThat(done.lowestFailing().orElseThrow()).isGreaterThan(180);
    }

    @Test
    void aCeilingThatIsHeldHasNoFailingEnd() {
        Done done = search(plan(40, 300), holding(1_000)).done();

        assertThat(done.highestPassing()).contains(300.0);
        assertThat(done.lowestFailing()).isEmpty();
        assertThat(done.reason()).isEqualTo("the ceiling of 300.0 /s was held");
    }

    @Test
    void aStackThatHoldsNothingEndsTheSearch() {
        Done done =
                search(PLAN, probe -> new ProbeResult(probe, Outcome.FAIL, 0)).done();

        assertThat(done.complete()).isFalse();
        assertThat(done.highestPassing()).isEmpty();
        assertThat(done.reason()).isEqualTo("not even one request a second was held");
    }

    @Test
    void anInconclusiveProbeIsRepeatedAndThenEndsTheSearch() {
        Search search = search(PLAN, probe -> new ProbeResult(probe, Outcome.INCONCLUSIVE, 40));

        assertThat(search.probes()).hasSize(3).allMatch(probe -> probe.step().ratePerSecond() == 40);
        assertThat(search.done().complete()).isFalse();
        assertThat(search.done().reason()).isEqualTo("the probes at 40.0 /s stayed inconclusive");
    }

    @Test
    void aSearchThatNeedsTooManyProbesGivesUpAndSaysSo() {
        SearchPlan short4 =
                new SearchPlan(40, 4_000, 2, 0.04, Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(20), 2, 4);

        Done done = search(short4, holding(200)).done();

        assertThat(done.complete()).isFalse();
        assertThat(done.reason()).isEqualTo("gave up after 4 probes, the most that the plan allows");
        assertThat(done.highestPassing()).contains(160.0);
        assertThat(done.lowestFailing()).contains(320.0);
    }

    @Test
    void aResolutionOfNothingIsRefused() {
        assertThatThrownBy(() -> new SearchPlan(
                        40, 400, 2, Double.NaN, Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(20), 2, 4))
                .hasMessage("capacity search: resolution must be in (0, 1), was NaN");
    }
}
