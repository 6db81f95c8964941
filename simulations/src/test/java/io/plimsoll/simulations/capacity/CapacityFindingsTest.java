package io.plimsoll.simulations.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.ProbeResult;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A search of four probes of ten seconds each on a stack of one web and two read servers. */
class CapacityFindingsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double[] RATES = {100, 200, 300, 420};
    private static final CapacitySearch.Done DONE =
            new CapacitySearch.Done(Optional.of(300.0), Optional.of(420.0), true, "between 300 and 420");
    private static final CapacityResult.Cost COST = new CapacityResult.Cost(1.08, List.of("3 x small"), List.of());

    private final List<Resource> parts = new ArrayList<>(List.of(
            Resource.of(ResourceKind.SCALING_GROUP, "web", Map.of()),
            Resource.of(ResourceKind.SCALING_GROUP, "read", Map.of()),
            Resource.of(ResourceKind.INSTANCE, "i-web", Map.of("scaling-group", "web", "type", "small")),
            Resource.of(ResourceKind.INSTANCE, "i-read1", Map.of("scaling-group", "read", "type", "small")),
            Resource.of(ResourceKind.INSTANCE, "i-read2", Map.of("scaling-group", "read", "type", "small"))));
    private final List<Series> series = new ArrayList<>(List.of(
            series("instances in service", "web", second -> 1), series("instances in service", "read", second -> 2)));

    private static Series series(String name, String resource, IntToDoubleFunction bySecond) {
        MetricDefinition metric = MetricCatalogue.named(name).orElseThrow();
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < 10 * RATES.length; second++) {
            samples.add(new Sample(START.plusSeconds(second), bySecond.applyAsDouble(second)));
        }
        return new Series(
                name,
                metric.kind(),
                resource,
                new Origin("test", name, new TreeMap<>(), metric.statistic(), "test"),
                metric.unit(),
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }

    private CapacityResult result() {
        List<CapacityDrive.Tried> tried = new ArrayList<>();
        RequestHistograms.Builder log = new RequestHistograms.Builder();
        for (int i = 0; i < RATES.length; i++) {
            TimeWindow window = new TimeWindow(START.plusSeconds(10L * i), START.plusSeconds(10L * i + 10));
            CapacitySearch.Probe probe =
                    new CapacitySearch.Probe(CapacitySearch.Kind.BISECT, RATES[i], window.length());
            Outcome outcome = RATES[i] < 420 ? Outcome.PASS : Outcome.FAIL;
            tried.add(new CapacityDrive.Tried(new ProbeResult(probe, outcome, RATES[i]), "so", window));
            for (int request = 0; request < 10 * RATES[i]; request++) {
                log.record(
                        "read",
                        RequestOutcome.OK,
                        window.start().toEpochMilli() + Math.round(request * 1000 / RATES[i]),
                        5 + 2 * i);
            }
        }
        return new CapacityFindings(tried, log.build(), series, new Topology(parts), 500)
                .result(DONE, 250, Optional.of(COST));
    }

    @Test
    void capacityIsThatOfTheGroupWhoseInstanceLimits() {
        series.add(series("host cpu", "i-web", second -> RATES[second / 10] / 10));
        series.add(series("host cpu", "i-read1", second -> RATES[second / 10] / 4.1));
        series.add(series("host cpu", "i-read2", second -> RATES[second / 10] / 4.2));

        CapacityResult result = result();

        assertThat(result.complete()).isTrue();
        assertThat(result.limiting()).contains("read");
        assertThat(result.binding().orElseThrow().resource()).isEqualTo("i-read1");
        assertThat(result.groups()).containsEntry("web", 1).containsEntry("read", 2);
        assertThat(result.perInstance()).contains(150.0);
        assertThat(result.headroom().orElseThrow()).isCloseTo(0.2, within(1e-9));
        assertThat(result.usdPerMillionRequests().orElseThrow()).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void whatIsBusyAndNotFullAtTheFailingRateDoesNotLimit() {
        series.add(series("host cpu", "i-read1", second -> RATES[second / 10] / 5));

        CapacityResult result = result();

        assertThat(result.binding()).isEmpty();
        assertThat(result.instances()).isEqualTo(3);
        assertThat(result.limiting()).isEmpty();
    }

    @Test
    void aGroupThatChangesItsSizeLeavesNoAnswer() {
        series.set(1, series("instances in service", "read", second -> second < 25 ? 2 : 3));

        CapacityResult result = result();

        assertThat(result.complete()).isFalse();
        assertThat(result.reason()).isEqualTo("group read had 2 to 3 instances while rates were tried");
    }

    @Test
    void aGroupWhoseSizeNobodyTellsLeavesNoAnswer() {
        series.remove(1);

        assertThat(result().complete()).isFalse();
        assertThat(result().reason()).isEqualTo("nothing says how many instances group read had");
    }

    @Test
    void anInstanceThatIsReplacedLeavesNoAnswerThoughTheNumberStayedTheSame() {
        parts.add(new Resource(
                ResourceKind.INSTANCE,
                "i-read3",
                Optional.of(START.plusSeconds(12)),
                Optional.empty(),
                new TreeMap<>(Map.of("scaling-group", "read"))));

        assertThat(result().reason()).isEqualTo("instance i-read3 came or went while rates were tried");
    }

    @Test
    void onlyAnAnswerBecomesAMetric() {
        TimeWindow load = new TimeWindow(START.plusMillis(300), START.plusSeconds(3));

        List<Series> known = CapacitySeries.of(result(), load);
        assertThat(known).allSatisfy(one -> assertThat(one.samples()).hasSize(3));
        assertThat(known.get(2).samples().get(0).value()).isCloseTo(20.0, within(1e-9));

        series.remove(1);
        assertThat(CapacitySeries.of(result(), load)).allSatisfy(one -> {
            assertThat(one.samples()).isEmpty();
            assertThat(one.completeness()).isEqualTo(Series.Completeness.FAILED);
            assertThat(one.note())
                    .isEqualTo("the search gives no answer: nothing says how many instances group read had");
        });
    }

    @Test
    void theCostIsThatOfMachinesWithAPriceAndNamesTheOthers() {
        parts.add(Resource.of(ResourceKind.CACHE, "redis", Map.of("node-type", "huge")));

        assertThat(StackCost.of(new Topology(parts), new TreeMap<>(Map.of("small", 0.02))))
                .contains(new CapacityResult.Cost(0.06, List.of("3 x small"), List.of("cache redis")));
        assertThat(StackCost.of(new Topology(parts), new TreeMap<>())).isEmpty();
    }

    @Test
    void threeSizesOfOneGroupMakeACurveAndTheLatestOfEachCounts() {
        series.add(series("host cpu", "i-read1", second -> RATES[second / 10] / 4.1));
        CapacityResult here = result();

        assertThat(SizeCurve.of(List.of(here, sized(here, 1, 150), sized(here, 1, 90))))
                .isEmpty();
        CapacityResult.Scalability law = SizeCurve.of(
                        List.of(here, sized(here, 1, 150), sized(here, 4, 600), sized(here, 1, 90)))
                .orElseThrow();

        assertThat(law.of()).isEqualTo("instances of read");
        assertThat(law.measured())
                .extracting(point -> point.n() + ":" + point.throughput())
                .containsExactly("1.0:150.0", "1.0:210.0", "2.0:300.0", "2.0:420.0", "4.0:600.0", "4.0:840.0");
    }

    private static CapacityResult sized(CapacityResult like, int instances, double low) {
        return new CapacityResult(
                Optional.of(low),
                Optional.of(low * 1.4),
                true,
                like.reason(),
                like.target(),
                like.groups(),
                like.limiting(),
                instances,
                like.cost(),
                like.probes(),
                Optional.empty(),
                like.binding());
    }
}
