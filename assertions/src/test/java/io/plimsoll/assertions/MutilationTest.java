package io.plimsoll.assertions;

import static io.plimsoll.assertions.ExampleRun.at;
import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Removing data from a run must never turn it into a PASS.
 *
 * <p>In two cases the judge cannot see what is gone, as the rest is what a smaller healthy run would have left: a datapoint
 * of a sparse metric, which its source does not publish when it is zero, and a resource of which no trace remains, neither
 * in the topology nor in metrics and events. Against these stand the checksums of stored evidence; here each has a test
 * that shows it.
 */
class MutilationTest {
    private static final int MUTATIONS = 600;
    private static final Stage STAGE = stage(
            "p95(read) <= 500 ms during steady",
            "error ratio <= 1 %",
            "achieved rate >= 95 % of offered",
            "sum(load balancer 5xx) / sum(load balancer requests) <= 1 %",
            "mean(host cpu) <= 80 % for each instance during steady",
            "max(replica lag) <= 5 s for each replica",
            "sum(cache hits) / (sum(cache hits) + sum(cache misses)) >= 60 % during steady",
            "max(instances in service) >= 2 during steady",
            "min(healthy hosts) >= 1",
            "time from load-step to healthy <= 20 s",
            "time from load-step to recovered(p95(read) <= 500 ms) <= 30 s");

    @Test
    void theUnharmedRunPasses() {
        assertThat(Judge.judge(STAGE, ExampleRun.healthy()).reason())
                .isEqualTo("11 SLOs of 1 tested claim hold; 0 claims not tested");
        assertThat(Judge.judge(STAGE, ExampleRun.healthy()).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void aMutilatedHealthyRunIsJudgedWithReasons() {
        Random random = new Random(1);
        int passes = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            passes += judge(mutilate(ExampleRun.healthy(), random)) == Outcome.PASS ? 1 : 0;
        }
        assertThat(passes).isBetween(1, MUTATIONS / 2);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aMutilatedBrokenRunNeverPasses(String what, Evidence run) {
        assertThat(judge(run)).as(what).isNotEqualTo(Outcome.PASS);
        Random random = new Random(what.hashCode());
        for (int i = 0; i < MUTATIONS / 10; i++) {
            Evidence harmed = run;
            for (int j = random.nextInt(3); j >= 0; j--) {
                harmed = mutilate(harmed, random);
            }
            assertThat(judge(harmed)).as("%s, mutation %s", what, i).isNotEqualTo(Outcome.PASS);
        }
    }

    static Stream<Arguments> broken() {
        Evidence healthy = ExampleRun.healthy();
        return Stream.of(
                broken("hot instance", with(healthy, series("host cpu", "i-2", second -> 95))),
                broken("stopped replica", with(healthy, series("replica lag", "replica-2", second -> -1))),
                broken("lagging replica", with(healthy, series("replica lag", "replica-1", second -> 6))),
                broken("gap in lag", with(healthy, series("replica lag", "replica-1", s -> s == 60 ? Double.NaN : 1))),
                broken("cold cache", with(healthy, series("cache hits", "cache", second -> 1))),
                broken("capped group", with(healthy, series("instances in service", "group", second -> 1))),
                broken("no healthy host", with(healthy, series("healthy hosts", "tg", second -> 0))),
                broken("slow reads", run(500, 600)),
                broken("failing reads", failing()),
                broken(
                        "late scale-out",
                        ExampleRun.withEvents(
                                healthy,
                                List.of(
                                        ExampleRun.launch(27, "i-2", "Successful"),
                                        ExampleRun.health(50, "i-2", "initial", "healthy")))),
                broken("no scale-out", ExampleRun.withEvents(healthy, List.of())),
                broken("unknown injector", ExampleRun.withFacts(healthy, withoutInjector())),
                broken("faults", ExampleRun.withIntegrity(healthy, healthy.integrity(), "a checksum differs")));
    }

    @Test
    void anInstanceDroppedFromTheTopologyIsMissedByItsMetricsAndByItsEvents() {
        Evidence hot = with(ExampleRun.healthy(), series("host cpu", "i-2", second -> 95));
        Evidence undescribed = without(hot, "i-2");
        Evidence unmeasured = ExampleRun.withSeries(
                undescribed,
                all -> all.stream().filter(one -> !one.resource().equals("i-2")).toList());

        assertThat(Judge.judge(STAGE, undescribed).reason())
                .isEqualTo("it is not known whether the run can be relied on: stack known (instance i-2 has events, but"
                        + " was not described; instance i-2 has metrics, but was not described)");
        assertThat(Judge.judge(STAGE, unmeasured).reason())
                .isEqualTo("it is not known whether the run can be relied on: stack known (instance i-2 has events, but"
                        + " was not described)");
    }

    @Test
    void aResourceWithoutAnyTraceLeftCannotBeMissed() {
        Evidence stopped = with(ExampleRun.healthy(), series("replica lag", "replica-2", second -> -1));
        Evidence erased = ExampleRun.withSeries(
                without(stopped, "replica-2"),
                all -> all.stream()
                        .filter(one -> !one.resource().equals("replica-2"))
                        .toList());

        assertThat(judge(stopped)).isEqualTo(Outcome.FAIL);
        assertThat(judge(erased)).isEqualTo(Outcome.PASS);
    }

    @Test
    void aDatapointOfASparseMetricCannotBeMissed() {
        Evidence errors = with(ExampleRun.healthy(), series("load balancer 5xx", "lb", second -> 3));
        Evidence erased = with(errors, series("load balancer 5xx", "lb", second -> Double.NaN));

        assertThat(judge(errors)).isEqualTo(Outcome.FAIL);
        assertThat(judge(erased)).isEqualTo(Outcome.PASS);
    }

    @Test
    void failedRequestsDroppedFromTheRecordAreMissedByTheLogsCount() {
        Evidence failing = failing();
        Evidence erased = ExampleRun.withClient(
                failing,
                ExampleRun.client(new RequestHistograms.Builder(), 0, 98, 100).build());

        assertThat(Judge.judge(STAGE, failing).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(Judge.judge(STAGE, erased).reason())
                .startsWith("the run cannot be relied on: log integrity (the log held ");
    }

    @Test
    void anEventDroppedFromAChainIsMissed() {
        Evidence flapping = ExampleRun.withEvents(
                ExampleRun.healthy(),
                List.of(
                        ExampleRun.launch(27, "i-2", "Successful"),
                        ExampleRun.health(30, "i-2", "absent", "initial"),
                        ExampleRun.health(36, "i-2", "unhealthy", "healthy")));

        assertThat(Judge.judge(STAGE, flapping).reason())
                .isEqualTo("it is not known whether the run can be relied on: stack known (an event is missing: target"
                        + " i-2 of tg went to initial, and later on from unhealthy)");
    }

    private static Arguments broken(String what, Evidence run) {
        return Arguments.of(what, run);
    }

    private static Evidence run(int warmMillis, int steadyMillis) {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 40, warmMillis);
        return ExampleRun.of(ExampleRun.client(client, 40, 100, steadyMillis).build());
    }

    private static Evidence failing() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 98, 100);
        for (int i = 0; i < 60; i++) {
            client.record("read", RequestOutcome.KO, ExampleRun.sent(98 + i % 2), 100);
        }
        return ExampleRun.of(client.build());
    }

    private static RunFacts withoutInjector() {
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.injector = Optional.empty();
        return facts.build();
    }

    private static Evidence without(Evidence run, String resource) {
        return ExampleRun.withTopology(
                run,
                run.topology().resources().stream()
                        .filter(one -> !one.id().equals(resource))
                        .toList());
    }

    private static Outcome judge(Evidence run) {
        Verdict verdict = Judge.judge(STAGE, run);
        assertThat(verdict.reason()).isNotBlank();
        assertThat(verdict.claims())
                .flatExtracting(claim -> claim.slos())
                .hasSize(11)
                .extracting(SloResult::reason)
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
        return verdict.outcome();
    }

    private static Evidence mutilate(Evidence run, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> ExampleRun.withSeries(run, all -> dropped(all, random));
            case 1 -> ExampleRun.withSeries(run, all -> changed(all, random, one -> thinned(one, random)));
            case 2 -> ExampleRun.withSeries(run, all -> changed(all, random, one -> truncated(one, random)));
            case 3 -> ExampleRun.withEvents(run, dropped(run.events(), random));
            case 4 -> ExampleRun.withEvents(run, List.of());
            case 5 -> withoutSomeResource(run, random);
            case 6 -> ExampleRun.withClient(run, RequestHistograms.empty());
            case 7 ->
                ExampleRun.withClient(
                        run,
                        ExampleRun.client(new RequestHistograms.Builder(), 0, random.nextInt(100), 100)
                                .build());
            default -> ExampleRun.withFacts(run, withoutSomeFact(run.facts(), random));
        };
    }

    /** One that leaves a trace: all instances do, by events; a whole kind does, by what its SLOs ask for. */
    private static Evidence withoutSomeResource(Evidence run, Random random) {
        List<Resource> all = run.topology().resources();
        return all.isEmpty()
                ? run
                : without(run, all.get(random.nextInt(all.size())).id());
    }

    private static <T> List<T> dropped(List<T> all, Random random) {
        List<T> left = new ArrayList<>(all);
        if (!left.isEmpty()) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }

    private static List<Series> changed(List<Series> all, Random random, UnaryOperator<Series> change) {
        List<Series> left = new ArrayList<>(all);
        if (!left.isEmpty()) {
            int index = random.nextInt(left.size());
            left.set(index, change.apply(left.get(index)));
        }
        return left;
    }

    private static Series thinned(Series series, Random random) {
        return samples(
                series,
                series.samples().stream().filter(one -> random.nextInt(10) > 0).toList());
    }

    private static Series truncated(Series series, Random random) {
        return samples(
                series,
                series.samples().subList(0, random.nextInt(series.samples().size() + 1)));
    }

    private static Series samples(Series series, List<Sample> samples) {
        boolean sparse = MetricCatalogue.named(series.name()).orElseThrow().absence() instanceof Absence.Sparse;
        return sparse
                ? series
                : new Series(
                        series.name(),
                        series.kind(),
                        series.resource(),
                        series.origin(),
                        series.unit(),
                        series.period(),
                        series.completeness(),
                        series.note(),
                        samples);
    }

    private static RunFacts withoutSomeFact(RunFacts facts, Random random) {
        ExampleRun.Facts left = new ExampleRun.Facts();
        left.plan = facts.plan();
        left.injector = facts.injector();
        left.clockOffset = facts.clockOffset();
        left.collection = facts.collection();
        switch (random.nextInt(4)) {
            case 0 -> left.plan = Optional.empty();
            case 1 -> left.injector = Optional.empty();
            case 2 -> left.clockOffset = Optional.empty();
            default -> left.collection = Optional.empty();
        }
        return left.build();
    }

    private static Stage stage(String... slos) {
        StageClaim claim = new StageClaim(
                "5.0",
                "it holds",
                "auto-scaled",
                Optional.empty(),
                Stream.of(slos).map(SloParser::parse).toList(),
                Optional.empty());
        return new Stage("auto-scaled", "t", List.of(claim));
    }

    @Test
    void theMarksOfTheExampleAreWhereTheTestsTakeThemToBe() {
        assertThat(ExampleRun.PLAN.marks()).containsEntry("load-step", at(20));
        assertThat(ExampleRun.topology().of(ResourceKind.INSTANCE)).hasSize(2);
    }
}
