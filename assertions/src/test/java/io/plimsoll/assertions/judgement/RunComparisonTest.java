package io.plimsoll.assertions.judgement;

import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.judgement.RunComparison.Change;
import io.plimsoll.assertions.judgement.RunComparison.Line;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    @Test
    void aRunDoesNotDifferFromItself() {
        assertThat(RunComparison.of(noisy(100, 1), noisy(100, 1)))
                .isNotEmpty()
                .extracting(Line::change)
                .containsOnly(Change.WITHIN_NOISE);
    }

    @Test
    void noiseIsNoChangeAndAShiftBeyondItIs() {
        assertThat(line(noisy(100, 1), noisy(100, 2), "p95(read)").change()).isEqualTo(Change.WITHIN_NOISE);

        Line slower = line(noisy(100, 1), noisy(150, 2), "p95(read)");
        assertThat(slower.change()).isEqualTo(Change.HIGHER);
        assertThat(slower.difference()).startsWith("+");
        assertThat(slower.bounds()).contains(" ms and ");
        assertThat(line(noisy(150, 1), noisy(100, 2), "mean(read)").change()).isEqualTo(Change.LOWER);
    }

    @Test
    void metricsAreComparedByTheirMeans() {
        Evidence hot = with(ExampleRun.healthy(), series("host cpu", "i-1", s -> 60 + s % 3));

        assertThat(line(ExampleRun.healthy(), hot, "mean(host cpu)").change()).isEqualTo(Change.HIGHER);
        assertThat(line(ExampleRun.healthy(), hot, "mean(cache hits)").change()).isEqualTo(Change.WITHIN_NOISE);
    }

    @Test
    void whatOnlyOneOfThemHasCannotBeTold() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 100, 100);
        Evidence more = ExampleRun.of(client.record("delete", RequestOutcome.OK, ExampleRun.sent(60), 5)
                .build());

        Line line = line(ExampleRun.healthy(), more, "p95(delete)");
        assertThat(line.change()).isEqualTo(Change.UNKNOWN);
        assertThat(line.before()).isEqualTo("-");
        assertThat(line.after()).isEqualTo("5 ms");
    }

    @Test
    void withoutAPlanThereIsNothingToCompare() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.plan = Optional.empty();

        assertThat(RunComparison.of(ExampleRun.withFacts(ExampleRun.healthy(), facts.build()), ExampleRun.healthy()))
                .isEmpty();
    }

    @Test
    void aTrendMarksWhereANumberChangedForGood() {
        List<Trend> trends = Trend.of(runs(12, 6, Outcome.PASS));

        assertThat(trends).extracting(Trend::what).containsExactly("max(cache hits)", "p95(read) during steady");
        Trend latency = trends.get(1);
        assertThat(latency.group()).isEqualTo("stage s, environment e, profile p");
        assertThat(latency.points()).hasSize(12).first().isEqualTo(new Trend.Point("run-00", 0.1, "100 ms"));
        assertThat(latency.changes())
                .containsExactly(new Trend.Step(6, "from 100.5 ms to 130.5 ms with run-06 (p = 0.002)"));
        assertThat(trends.get(0).changes()).isEmpty();
    }

    @Test
    void aTrendLeavesOutRunsThatCannotBeReliedOnAndNeedsEnoughOfTheRest() {
        assertThat(Trend.of(runs(12, 6, Outcome.INVALID))).isEmpty();
        assertThat(Trend.of(runs(7, 3, Outcome.PASS)).get(1).changes()).isEmpty();
    }

    /** Runs of 100 and 101 ms by turns, and of 130 and 131 ms from one on. */
    private static List<Figures> runs(int count, int slowFrom, Outcome outcome) {
        List<Figures> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double seconds = (i < slowFrom ? 0.1 : 0.13) + 0.001 * (i % 2);
            runs.add(new Figures(
                    Figures.FORMAT,
                    String.format(Locale.ROOT, "run-%02d", i),
                    ExampleRun.START.plusSeconds(i),
                    "s",
                    "e",
                    "p",
                    outcome,
                    new TreeMap<>(Map.of("p95(read) during steady", seconds, "max(cache hits)", 9.0)),
                    "steady",
                    List.of()));
        }
        return runs;
    }

    private static Evidence noisy(int millis, long seed) {
        Random random = new Random(seed);
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int second = 0; second < ExampleRun.SECONDS; second++) {
            for (int i = 0; i < 30; i++) {
                client.record("read", RequestOutcome.OK, ExampleRun.sent(second), millis + random.nextInt(20));
            }
        }
        return ExampleRun.of(client.build());
    }

    private static Line line(Evidence earlier, Evidence later, String what) {
        return RunComparison.of(earlier, later).stream()
                .filter(line -> line.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
