package io.plimsoll.assertions;

import static io.plimsoll.assertions.ExampleRun.series;
import static io.plimsoll.assertions.ExampleRun.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.assertions.slo.RandomSlos;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Evidence of broken runs is mutilated in {@value #WAYS} seeded ways of each kind: no run that did not pass may pass for
 * it, every outcome must have a reason, and nothing may throw.
 *
 * <p>What a sparse metric or a resource without any trace loses is left out here; {@link MutilationTest} shows why.
 */
class MutilationCampaignTest {
    private static final int WAYS = 2_000;
    private static final int RANDOM_SLOS = 400;
    /** What the SLOs below name; more would only cost time. */
    private static final Set<String> METRICS = Set.of(
            "host cpu",
            "replica lag",
            "cache hits",
            "cache misses",
            "evictions",
            "healthy hosts",
            "instances in service",
            "load balancer requests");

    private static final Evidence HEALTHY = ExampleRun.withSeries(
            ExampleRun.healthy(),
            all -> all.stream().filter(one -> METRICS.contains(one.name())).toList());
    private static final List<Broken> BROKEN = broken();

    /** A run that does not pass, and the SLO by which it does not. */
    private record Broken(Evidence run, Stage stage) {}

    enum Kind {
        DROP,
        TRUNCATE,
        DUPLICATE,
        REORDER,
        EXTREMES,
        SHIFT_CLOCKS,
        RENAME_REQUESTS;

        Evidence harm(Evidence run, Random random) {
            return switch (this) {
                case DROP -> drop(run, random);
                case TRUNCATE -> truncate(run, random);
                case DUPLICATE -> duplicate(run, random);
                case REORDER -> reorder(run, random);
                case EXTREMES -> extremes(run, random);
                case SHIFT_CLOCKS -> shift(run, random);
                case RENAME_REQUESTS -> rename(run, random);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void noBrokenRunPassesForBeingMutilated(Kind kind) {
        for (int way = 0; way < WAYS; way++) {
            Random random = new Random(1_000_003L * kind.name().hashCode() + way);
            Broken broken = BROKEN.get(way % BROKEN.size());
            Evidence harmed = kind.harm(broken.run(), random);
            assertThat(judged(broken.stage(), harmed))
                    .as(
                            "%s, way %s, %s",
                            kind, way, broken.stage().claims().get(0).slos())
                    .isNotEqualTo(Outcome.PASS);
        }
    }

    /** SLOs of every form, drawn at random: those that do not hold in the whole evidence must not hold in less of it. */
    @ParameterizedTest
    @EnumSource(names = {"DROP", "TRUNCATE", "REORDER"})
    void noRandomSloPassesForBeingMutilated(Kind kind) {
        List<MetricDefinition> metrics = MetricCatalogue.all().stream()
                .filter(metric ->
                        HEALTHY.series().stream().anyMatch(one -> one.name().equals(metric.name())))
                .toList();
        RandomSlos slos = new RandomSlos(new Random(kind.name().hashCode()), metrics);
        int notPassed = 0;
        for (int way = 0; way < RANDOM_SLOS; way++) {
            Slo slo = slos.next();
            Stage stage = stage(slo);
            if (allowsGaps(slo) || judged(stage, HEALTHY) == Outcome.PASS) {
                continue;
            }
            notPassed++;
            Evidence harmed = kind.harm(HEALTHY, new Random(way));
            assertThat(judged(stage, harmed))
                    .as("%s, way %s, %s", kind, way, slo)
                    .isNotEqualTo(Outcome.PASS);
        }
        assertThat(notPassed).isGreaterThan(RANDOM_SLOS / 4);
    }

    private static boolean allowsGaps(Slo slo) {
        return slo.options().missing() instanceof Missing.AtMost
                || slo.metrics().anyMatch(metric -> metric.absence() instanceof Absence.Sparse);
    }

    @Test
    void noStageWithoutAnSloPasses() {
        Stage untested = new Stage(
                "s",
                "t",
                List.of(new StageClaim("1", "x", "s", Optional.empty(), List.of(), Optional.of("needs time"))));
        Stage elsewhere = new Stage(
                "s",
                "t",
                List.of(new StageClaim(
                        "1",
                        "x",
                        "s",
                        Optional.of("spike"),
                        List.of(SloParser.parse("error ratio <= 1 %")),
                        Optional.empty())));
        for (int way = 0; way < WAYS; way++) {
            Random random = new Random(way);
            Stage stage =
                    List.of(new Stage("s", "t", List.of()), untested, elsewhere).get(way % 3);
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            Evidence run = way < 3 ? HEALTHY : kind.harm(HEALTHY, random);
            assertThat(judged(stage, run)).isNotEqualTo(Outcome.PASS);
        }
    }

    /** What no number is cannot be in a sample; in a file it is damage, which the evidence tells. */
    @Test
    void noFileWithNumbersThatAreNonePasses(@TempDir Path runs) throws IOException {
        EvidenceDirectory directory = EvidenceDirectory.create(runs, "a-run");
        directory.writeFacts(ExampleRun.facts());
        directory.writeTopology(ExampleRun.topology());
        directory.writeSeries(List.of(series("evictions", "cache", second -> 0)));
        directory.writeEvents(List.of());
        RequestHistograms few = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, ExampleRun.sent(50), 1)
                .build();
        directory.writeRequests(few, ExampleRun.integrity(few));
        directory.seal();
        Path file = directory.path().resolve("metrics.jsonl");
        String text = Files.readString(file);
        String[] none = {"NaN", "Infinity", "-Infinity", "1e999", "null", "\"0\"", "", "0x1"};
        Stage stage = stage(SloParser.parse("max(evictions) <= 0"));
        for (int way = 0; way < WAYS; way++) {
            Random random = new Random(way);
            int at = text.indexOf("\"value\":", random.nextInt(text.length() - 200)) + "\"value\":".length();
            int end = Math.min(text.indexOf('}', at), text.length());
            Files.writeString(file, text.substring(0, at) + none[way % none.length] + text.substring(end));
            Evidence read = directory.read();
            assertThat(read.faults()).as("way %s", way).isNotEmpty();
            assertThat(judged(stage, read)).isEqualTo(Outcome.INVALID);
        }
    }

    private static Outcome judged(Stage stage, Evidence run) {
        Verdict verdict = Judge.judge(stage, run);
        assertThat(verdict.reason()).isNotBlank();
        for (ClaimResult claim : verdict.claims()) {
            assertThat(claim.reason()).isNotBlank();
            assertThat(claim.slos()).extracting(SloResult::reason).noneMatch(String::isBlank);
        }
        return verdict.outcome();
    }

    private static List<Broken> broken() {
        List<Broken> broken = new ArrayList<>();
        add(broken, with(HEALTHY, series("host cpu", "i-2", s -> 95)), "mean(host cpu) <= 80 % for each instance");
        add(broken, with(HEALTHY, series("host cpu", "i-2", s -> 95)), "skew(mean(host cpu)) <= 20 % during steady");
        add(broken, with(HEALTHY, series("replica lag", "replica-2", s -> -1)), "max(replica lag) <= 5 s");
        add(
                broken,
                with(HEALTHY, series("replica lag", "replica-1", s -> 6)),
                "max(replica lag) <= 5 s for each replica");
        add(
                broken,
                with(HEALTHY, series("replica lag", "replica-1", s -> s % 20 == 10 ? Double.NaN : 1)),
                "max(replica lag) <= 5 s");
        add(
                broken,
                with(HEALTHY, series("cache hits", "cache", s -> 1)),
                "sum(cache hits) / (sum(cache hits) + sum(cache misses)) >= 60 % during steady");
        add(broken, with(HEALTHY, series("instances in service", "group", s -> 1)), "max(instances in service) >= 2");
        add(broken, with(HEALTHY, series("healthy hosts", "tg", s -> 0)), "min(healthy hosts) >= 1 in 95 % of periods");
        add(broken, slow(), "p95(read) <= 500 ms during steady");
        add(broken, slow(), "p95(read) <= 150 % of ramp during steady");
        add(broken, slow(), "p95(read) <= 500 ms in 95 % of seconds");
        add(broken, slow(), "time from load-step to recovered(p95(read) <= 500 ms) <= 30 s");
        add(broken, failing(), "error ratio <= 1 %");
        add(broken, failing(), "count(all) - error count >= 100 % of offered");
        add(broken, ExampleRun.withEvents(HEALTHY, List.of()), "time from load-step to healthy <= 20 s");
        add(broken, HEALTHY, "p95(read) <= 120 % of baseline or no baseline");
        return List.copyOf(broken);
    }

    private static void add(List<Broken> broken, Evidence run, String slo) {
        Broken added = new Broken(run, stage(SloParser.parse(slo)));
        assertThat(judged(added.stage(), run)).as(slo).isNotEqualTo(Outcome.PASS);
        broken.add(added);
    }

    private static Stage stage(Slo slo) {
        return new Stage(
                "s", "t", List.of(new StageClaim("1", "x", "s", Optional.empty(), List.of(slo), Optional.empty())));
    }

    private static Evidence slow() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 40, 100);
        return run(ExampleRun.client(client, 40, 100, 600).build());
    }

    private static Evidence failing() {
        RequestHistograms.Builder client = ExampleRun.client(new RequestHistograms.Builder(), 0, 98, 100);
        for (int i = 0; i < 60; i++) {
            client.record("read", RequestOutcome.KO, ExampleRun.sent(98 + i % 2), 100);
        }
        return run(client.build());
    }

    private static Evidence run(RequestHistograms client) {
        return ExampleRun.withIntegrity(ExampleRun.withClient(HEALTHY, client), ExampleRun.integrity(client));
    }

    private static Evidence drop(Evidence run, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> ExampleRun.withSeries(run, all -> without(all, random));
            case 1 -> ExampleRun.withEvents(run, without(run.events(), random));
            case 2 -> {
                int every = random.nextInt(2, 20);
                yield client(run, second -> second % every != 0, name -> name);
            }
            default ->
                eachSeries(
                        run,
                        random,
                        samples -> samples.stream()
                                .filter(sample -> random.nextInt(4) > 0)
                                .toList());
        };
    }

    private static Evidence truncate(Evidence run, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                int end = random.nextInt(100);
                yield client(run, second -> second < end, name -> name);
            }
            case 1 ->
                ExampleRun.withEvents(
                        run, run.events().subList(0, random.nextInt(run.events().size() + 1)));
            default -> eachSeries(run, random, samples -> samples.subList(0, random.nextInt(samples.size() + 1)));
        };
    }

    /** The run with what its client recorded in some of its seconds, under other names. */
    private static Evidence client(Evidence run, IntPredicate seconds, UnaryOperator<String> names) {
        RequestHistograms.Builder builder = new RequestHistograms.Builder();
        for (int second = 0; second < ExampleRun.SECONDS; second++) {
            TimeWindow window = new TimeWindow(ExampleRun.at(second), ExampleRun.at(second + 1.0));
            for (String name : seconds.test(second) ? run.client().requestNames() : Set.<String>of()) {
                for (RequestOutcome outcome : RequestOutcome.values()) {
                    Histogram times = run.client().responseTimes(Set.of(name), EnumSet.of(outcome), window);
                    for (HistogramIterationValue value : times.recordedValues()) {
                        for (long i = 0; i < value.getCountAtValueIteratedTo(); i++) {
                            int millis = (int) times.lowestEquivalentValue(value.getValueIteratedTo());
                            builder.record(names.apply(name), outcome, ExampleRun.sent(second), millis);
                        }
                    }
                }
            }
        }
        return ExampleRun.withClient(run, builder.build());
    }

    private static Evidence duplicate(Evidence run, Random random) {
        return switch (random.nextInt(3)) {
            case 0 ->
                ExampleRun.withSeries(run, all -> {
                    // The same metric of the same resource once more, as a healthy run would have it.
                    List<Series> twice = new ArrayList<>(all);
                    twice.add(
                            0,
                            HEALTHY.series().get(random.nextInt(HEALTHY.series().size())));
                    return twice;
                });
            case 1 -> ExampleRun.withEvents(run, repeated(run.events(), random));
            default -> {
                RequestHistograms.Builder twice = new RequestHistograms.Builder();
                ExampleRun.client(twice, 0, 100, 100);
                yield ExampleRun.withClient(
                        run,
                        ExampleRun.client(twice, 0, random.nextInt(1, 100), 1).build());
            }
        };
    }

    private static Evidence reorder(Evidence run, Random random) {
        List<Resource> resources = new ArrayList<>(run.topology().resources());
        Collections.shuffle(resources, random);
        List<Event> events = new ArrayList<>(run.events());
        Collections.shuffle(events, random);
        Evidence shuffled = ExampleRun.withSeries(run, all -> {
            List<Series> other = new ArrayList<>(all);
            Collections.shuffle(other, random);
            return other;
        });
        return ExampleRun.withEvents(ExampleRun.withTopology(shuffled, resources), events);
    }

    private static Evidence extremes(Evidence run, Random random) {
        double[] extremes = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0, -1e9, 1e300};
        return eachSeries(
                run,
                random,
                samples -> samples.stream()
                        .map(sample -> random.nextInt(5) > 0
                                ? sample
                                : new Sample(
                                        sample.start(), extremes[random.nextInt(2) + (random.nextBoolean() ? 0 : 4)]))
                        .toList());
    }

    private static Evidence shift(Evidence run, Random random) {
        int seconds = (random.nextBoolean() ? 1 : -1) * random.nextInt(1, 15);
        Evidence shifted = eachSeries(
                run,
                random,
                samples -> samples.stream()
                        .map(sample -> new Sample(sample.start().plusSeconds(seconds), sample.value()))
                        .toList());
        ExampleRun.Facts facts = new ExampleRun.Facts();
        facts.clockOffset = Optional.of(new RunFacts.ClockOffset(1_000L * seconds, random.nextInt(100)));
        return random.nextBoolean() ? ExampleRun.withFacts(shifted, facts.build()) : shifted;
    }

    private static Evidence rename(Evidence run, Random random) {
        String[] names = {"Read", "read ", "reads", "write", "", "ré"};
        String other = names[random.nextInt(names.length)];
        return client(run, second -> true, name -> name.equals("read") || random.nextBoolean() ? other : name);
    }

    private static Evidence eachSeries(Evidence run, Random random, UnaryOperator<List<Sample>> change) {
        int chosen = random.nextInt(3);
        return ExampleRun.withSeries(
                run,
                all -> all.stream()
                        .map(one -> isSparse(one) || random.nextInt(3) < chosen ? one : samples(one, change))
                        .toList());
    }

    private static boolean isSparse(Series series) {
        return MetricCatalogue.named(series.name()).orElseThrow().absence() instanceof Absence.Sparse;
    }

    private static Series samples(Series series, UnaryOperator<List<Sample>> change) {
        return new Series(
                series.name(),
                series.kind(),
                series.resource(),
                series.origin(),
                series.unit(),
                series.period(),
                series.completeness(),
                series.note(),
                change.apply(series.samples()));
    }

    private static <T> List<T> without(List<T> all, Random random) {
        List<T> left = new ArrayList<>(all);
        for (int i = random.nextInt(1, 4); i > 0 && !left.isEmpty(); i--) {
            left.remove(random.nextInt(left.size()));
        }
        return left;
    }

    private static <T> List<T> repeated(List<T> all, Random random) {
        List<T> more = new ArrayList<>(all);
        if (!all.isEmpty()) {
            more.add(random.nextInt(more.size()), all.get(random.nextInt(all.size())));
        }
        return more;
    }
}
