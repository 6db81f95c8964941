package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.ShardFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShardReviewTest {
    private static final Instant T0 = Instant.parse("2026-11-25T12:00:00Z");
    private static final int COUNT = 4;
    private static final ShardReview REVIEW = new ShardReview("run", plan(1), new RunFacts.ClockOffset(0, 10));

    /** 10 s of warm-up, then 20 s at 400 requests/s, or a share of that. */
    private static LoadPlan plan(int sharedBy) {
        double rate = 400.0 / sharedBy;
        return new LoadPlan(
                "plan",
                List.of(
                        new Phase("warm-up", new TimeWindow(T0, T0.plusSeconds(10)), rate, rate),
                        new Phase("steady", new TimeWindow(T0.plusSeconds(10), T0.plusSeconds(30)), rate, rate)),
                new TreeMap<>());
    }

    /** One injector as it should be, but for what a test changes. */
    private static final class Told {
        private int index = 2;
        private int count = COUNT;
        private Instant start = T0;
        private long lateness = 3;
        private RunFacts.State state = RunFacts.State.COMPLETE;
        private String reason = "";
        private LoadPlan plan = plan(COUNT);
        private Instant first = T0.plusSeconds(2);
        private Instant last = T0.plusSeconds(30);
        private long sent = 2000;
        private List<String> faults = List.of();
        private Optional<RunFacts.ClockOffset> clock = Optional.of(new RunFacts.ClockOffset(0, 10));
        private String geometry = ShardFacts.GEOMETRY;
        private OptionalInt exit = OptionalInt.of(0);

        private ShardReview.Injector injector() {
            return new ShardReview.Injector(
                    index,
                    exit,
                    Optional.of(new ShardFacts(
                            ShardFacts.FORMAT,
                            "run",
                            index,
                            count,
                            "host",
                            start,
                            lateness,
                            state,
                            reason,
                            plan,
                            new TimeWindow(first, last),
                            sent,
                            new LogIntegrity(2800, 2800, 2800, 0, faults),
                            Optional.empty(),
                            clock,
                            geometry,
                            "",
                            new TreeMap<>())),
                    Optional.empty());
        }
    }

    private static Told well(int index) {
        Told told = new Told();
        told.index = index;
        return told;
    }

    /** Injector 2 as given, among three that are well. */
    private static List<String> problems(ShardReview.Injector second) {
        List<ShardReview.Injector> all =
                new ArrayList<>(List.of(well(0).injector(), well(1).injector(), second, well(3).injector()));
        return REVIEW.problems(all);
    }

    @Test
    void fourThatDidTheirPartHaveNoProblem() {
        assertThat(problems(new Told().injector())).isEmpty();
    }

    @Test
    void oneThatWasKilledIsNamedWithItsSignal() {
        assertThat(problems(new ShardReview.Injector(2, OptionalInt.of(137), Optional.empty(), Optional.empty())))
                .containsExactly("injector 2: published nothing; exit code 137 (killed by signal 9)");
    }

    @Test
    void oneThatIsMissingIsNamed() {
        assertThat(problems(new ShardReview.Injector(2, OptionalInt.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("injector 2: published nothing; its process left no exit code: it was killed with what"
                        + " started it, or still runs");
    }

    @Test
    void oneThatPublishedAndThenFailedIsNamed() {
        Told told = new Told();
        told.exit = OptionalInt.of(1);
        assertThat(problems(told.injector())).containsExactly("injector 2: exit code 1");
    }

    @Test
    void thoseThatWereEndedWithItAreSummedUp() {
        Told ended = new Told();
        ended.state = RunFacts.State.ABORTED;
        ended.reason = ShardReview.ENDED;
        ended.exit = OptionalInt.of(4);
        ended.index = 0;
        assertThat(REVIEW.problems(List.of(
                        ended.injector(),
                        new ShardReview.Injector(1, OptionalInt.of(137), Optional.empty(), Optional.empty()))))
                .containsExactly(
                        "injector 1: published nothing; exit code 137 (killed by signal 9)",
                        "injector 0: ended before all load was sent");
    }

    @Test
    void aSecondLateIsAllowedAndOneMillisecondMoreIsNot() {
        Told told = new Told();
        told.lateness = 1000;
        assertThat(problems(told.injector())).isEmpty();
        told.lateness = 1001;
        assertThat(problems(told.injector()))
                .containsExactly("injector 2: started 1001 ms late, must be within 1000 ms");
    }

    @Test
    void aShortfallOfMoreThanFivePercentIsNamed() {
        Told told = new Told();
        told.sent = 1900;
        assertThat(problems(told.injector())).isEmpty();
        told.sent = 1899;
        assertThat(problems(told.injector()))
                .containsExactly(
                        "injector 2: sent 1899 of 2000 requests offered after the warm-up, 95.0 %, must be >= 95 %");
    }

    @Test
    void clocksApartAreNamedWithTheErrorOfBothMeasurements() {
        Told told = new Told();
        told.clock = Optional.of(new RunFacts.ClockOffset(-980, 10));
        assertThat(problems(told.injector())).isEmpty();
        told.clock = Optional.of(new RunFacts.ClockOffset(-981, 10));
        assertThat(problems(told.injector()))
                .containsExactly(
                        "injector 2: its clock is 981 ± 20 ms from the coordinator's, must be within ± 1000 ms");
        told.clock = Optional.empty();
        assertThat(problems(told.injector())).containsExactly("injector 2: its clock was not measured");
    }

    @Test
    void anotherGeometryIsNamed() {
        Told told = new Told();
        told.geometry = "milliseconds, 2 significant digits, one-second intervals";
        assertThat(problems(told.injector()))
                .containsExactly("injector 2: its histograms must be of milliseconds, 3 significant digits, one-second"
                        + " intervals, were of milliseconds, 2 significant digits, one-second intervals");
    }

    @Test
    void whatIsJudgedMustLieWhereAllWereSending() {
        Told told = new Told();
        told.first = T0.plusSeconds(12);
        assertThat(problems(told.injector()))
                .containsExactly(
                        "injector 2: sent its first request at 2026-11-25T12:00:12Z, after the judged window began"
                                + " at 2026-11-25T12:00:10Z");
        told.first = T0.plusSeconds(2);
        told.last = T0.plusSeconds(28);
        assertThat(problems(told.injector()))
                .containsExactly(
                        "injector 2: sent its last request at 2026-11-25T12:00:28Z, before the judged window ended"
                                + " at 2026-11-25T12:00:30Z");
    }

    @Test
    void theWholeLoadInsteadOfAShareIsNamed() {
        Told told = new Told();
        told.plan = plan(1);
        told.sent = 8000;
        assertThat(problems(told.injector()))
                .containsExactly("injector 2: must offer 1/4 of 8000 requests, offered 8000.0");
    }

    @Test
    void anotherStartOrCountIsNamed() {
        Told told = new Told();
        told.start = T0.plusSeconds(1);
        told.count = 5;
        assertThat(problems(told.injector()))
                .containsExactly(
                        "injector 2: published as injector 2 of 5 of run run, must be of 4 of run run",
                        "injector 2: its T0 must be 2026-11-25T12:00:00Z, was 2026-11-25T12:00:01Z");
    }

    @Test
    void aCutLogIsNamed() {
        Told told = new Told();
        told.faults = List.of("the log is cut");
        assertThat(problems(told.injector())).containsExactly("injector 2: the log is cut");
    }
}
