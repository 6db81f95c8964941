package io.plimsoll.simulations.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.SearchPlan;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the shipped profile on the local environment, against a stack whose capacity is known. */
class CapacityDriveTest {
    private static final SearchPlan PLAN = new SearchPlan(
            80, 960, 2, 0.04, Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(24), 2, 30);
    private static final Duration HOLD_ON_AWS = Duration.ofMinutes(8);
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration LIMIT = Duration.ofSeconds(210);

    private final List<String> told = new ArrayList<>();

    private CapacityDrive search(SimulatedStack stack, long mostRequests, Duration limit) {
        return search(stack, mostRequests, limit, Optional.empty());
    }

    private CapacityDrive search(
            SimulatedStack stack, long mostRequests, Duration limit, Optional<Duration> affordable) {
        CapacityDrive[] drive = new CapacityDrive[1];
        ProbeReading reading = new ProbeReading(
                List.of(SloParser.parse("p95(all) <= 500 ms"), SloParser.parse("error ratio <= 1 %")),
                Duration.ofMillis(500),
                HOLD_ON_AWS,
                stack::log);
        drive[0] = new CapacityDrive(
                PLAN,
                WARM_UP,
                mostRequests,
                reading,
                told::add,
                stack,
                duration -> stack.pass(duration, drive[0].pacer()));
        drive[0].search(SimulatedStack.START, limit, affordable);
        return drive[0];
    }

    @ParameterizedTest
    @ValueSource(doubles = {97, 202, 333, 404, 650, 808})
    void theAnswerHoldsTheTruthOnAQuietStack(double capacity) {
        CapacityDrive drive = search(new SimulatedStack(capacity, 0, 1), 200_000, LIMIT);

        CapacitySearch.Done done = drive.done().orElseThrow();
        assertThat(done.complete()).as(String.join("\n", told)).isTrue();
        assertThat(done.highestPassing().orElseThrow()).isLessThanOrEqualTo(capacity);
        assertThat(done.lowestFailing().orElseThrow())
                .isGreaterThan(capacity)
                .isLessThanOrEqualTo(done.highestPassing().orElseThrow() * 1.0401);
        assertThat(drive.pacer().next()).isEmpty();
    }

    /** Stalls of 35 ms twice in ten seconds take 0.7 % of the time. */
    @Test
    void theAnswerHoldsTheTruthNineteenTimesInTwentyOnAStackThatNowAndThenStandsStill() {
        int held = 0;
        for (long seed = 0; seed < 20; seed++) {
            CapacitySearch.Done done = search(new SimulatedStack(202, 0.2, seed), 200_000, LIMIT)
                    .done()
                    .orElseThrow();
            double low = done.highestPassing().orElse(Double.MAX_VALUE);
            double high = done.lowestFailing().orElse(0.0);
            held += done.complete() && low <= 202 && 202 * (1 - 0.007) < high && high <= low * 1.1 ? 1 : 0;
        }
        assertThat(held).as(String.join("\n", told)).isGreaterThanOrEqualTo(19);
    }

    @Test
    void theLoadThatWasSentIsAPlanWithoutGapsWhoseLastHoldIsSteady() {
        CapacityDrive drive = search(new SimulatedStack(202, 0, 1), 200_000, LIMIT);

        LoadPlan sent = drive.sent("capacity").orElseThrow();
        assertThat(sent.phases().get(0).name()).isEqualTo("warm-up");
        Phase hold = sent.phase("steady").orElseThrow();
        assertThat(hold.window().length()).isEqualTo(PLAN.hold());
        assertThat(hold.fromRequestsPerSecond())
                .isEqualTo(drive.done().orElseThrow().highestPassing().orElseThrow());
        assertThat(drive.tried()).last().satisfies(last -> {
            assertThat(last.window()).isEqualTo(hold.window());
            assertThat(last.result().outcome()).isEqualTo(Outcome.PASS);
        });
    }

    @Test
    void aSearchEndsBeforeItCostsMoreThanItMay() {
        CapacityResult.Cost cost = new CapacityResult.Cost(36, List.of("3 x big"), List.of());

        CapacityDrive poor =
                search(new SimulatedStack(202, 0, 1), 200_000, LIMIT, Optional.of(StackCost.lasts(cost, 0.5)));

        assertThat(StackCost.lasts(cost, 0.5)).isEqualTo(Duration.ofSeconds(50));
        assertThat(poor.done().orElseThrow().complete()).isFalse();
        assertThat(poor.done().orElseThrow().reason()).isEqualTo("the money for the search was spent (most-usd)");
        assertThat(poor.sent("capacity").orElseThrow().whole().length()).isLessThanOrEqualTo(Duration.ofSeconds(50));
        assertThat(search(new SimulatedStack(202, 0, 1), 200_000, LIMIT, Optional.of(LIMIT.multipliedBy(9)))
                        .done()
                        .orElseThrow()
                        .complete())
                .isTrue();
    }

    @Test
    void aSearchEndsBeforeItsTimeIsOverAndBeforeItSendsTooMuch() {
        CapacityDrive late = search(new SimulatedStack(202, 0, 1), 200_000, Duration.ofSeconds(40));
        assertThat(late.done().orElseThrow().complete()).isFalse();
        assertThat(late.done().orElseThrow().reason()).isEqualTo("the time for the search was over");

        CapacityDrive many = search(new SimulatedStack(202, 0, 1), 6_000, LIMIT);
        assertThat(many.done().orElseThrow().complete()).isFalse();
        assertThat(many.done().orElseThrow().reason()).isEqualTo("the environment allows no more than 6000 requests");
        assertThat(many.sent("capacity").orElseThrow().phases().stream()
                        .mapToDouble(Phase::offeredRequests)
                        .sum())
                .isLessThanOrEqualTo(6_000);
    }
}
