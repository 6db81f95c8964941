package io.plimsoll.simulations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Origin;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.observation.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DerivedSeriesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TimeWindow WINDOW = new TimeWindow(START, START.plusSeconds(3));
    private static final String POLICY = "TargetTrackingScaling, keeps ASGAverageCPUUtilization at 50.0";

    @Test
    void theIdealIsWhatTheWorkNeedsAtTheGroupsTargetAndNeverLessThanItsMinimum() {
        List<Series> derived = DerivedSeries.of(
                stack(Resource.of(ResourceKind.SCALING_GROUP, "g", Map.of("min", "1", "policy keep", POLICY))),
                List.of(series("group cpu", 50, 51, 5), series("instances in service", 2, 2, 4)),
                List.of(),
                List.of(),
                WINDOW);

        // 2 × 50 / 50 = 2; 2 × 51 / 50 = 2.04, so 3; 4 × 5 / 50 = 0.4, so the minimum
        assertThat(derived).singleElement().satisfies(series -> {
            assertThat(series.name()).isEqualTo("ideal instances");
            assertThat(series.samples()).extracting(Sample::value).containsExactly(2.0, 3.0, 1.0);
        });
    }

    @Test
    void aGroupWithoutACpuTargetHasNoIdeal() {
        assertThat(DerivedSeries.of(
                        stack(Resource.of(ResourceKind.SCALING_GROUP, "g", Map.of("min", "1"))),
                        List.of(series("group cpu", 50), series("instances in service", 2)),
                        List.of(),
                        List.of(),
                        WINDOW))
                .isEmpty();
    }

    @Test
    void storesThatAreNotEncryptedAreCountedInEverySecond() {
        List<Series> derived = DerivedSeries.of(
                stack(
                        Resource.of(ResourceKind.DATABASE, "a", Map.of("encrypted", "false")),
                        Resource.of(ResourceKind.DATABASE, "c", Map.of("encrypted", "true")),
                        Resource.of(ResourceKind.BUCKET, "b", Map.of("encryption", "AES256"))),
                List.of(),
                List.of(),
                List.of(),
                WINDOW);

        assertThat(derived).extracting(Series::name).containsExactly("unencrypted stores", "unencrypted buckets");
        assertThat(derived.get(0).samples()).extracting(Sample::value).containsExactly(1.0, 1.0, 1.0);
        assertThat(derived.get(1).samples()).extracting(Sample::value).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void aBucketThatNamesNoAlgorithmIsNotEncrypted() {
        assertThat(DerivedSeries.of(
                        stack(Resource.of(ResourceKind.BUCKET, "b", Map.of())),
                        List.of(),
                        List.of(),
                        List.of(),
                        WINDOW))
                .singleElement()
                .satisfies(series ->
                        assertThat(series.samples()).extracting(Sample::value).containsExactly(1.0, 1.0, 1.0));
    }

    @Test
    void storesThatSayNothingAreNotCountedAsEncrypted() {
        assertThat(DerivedSeries.of(
                        stack(Resource.of(ResourceKind.DATABASE, "a", Map.of())),
                        List.of(),
                        List.of(),
                        List.of(),
                        WINDOW))
                .isEmpty();
    }

    @Test
    void aHostThatIsConfiguredUnlikeMostOfItsGroupHasDriftedWhileItExists() {
        Resource changed = new Resource(
                ResourceKind.INSTANCE,
                "i-3",
                Optional.of(START.plusSeconds(1)),
                Optional.empty(),
                new TreeMap<>(Map.of("scaling-group", "g", "image", "ami-0", "type", "small")));
        List<Series> derived = DerivedSeries.of(
                stack(
                        Resource.of(ResourceKind.SCALING_GROUP, "g", Map.of("min", "1")),
                        host("i-1", "ami-1"),
                        host("i-2", "ami-1"),
                        changed),
                List.of(),
                List.of(),
                List.of(),
                WINDOW);

        assertThat(derived).singleElement().satisfies(series -> {
            assertThat(series.name()).isEqualTo("drifted hosts");
            assertThat(series.samples()).extracting(Sample::value).containsExactly(0.0, 1.0, 1.0);
        });
    }

    @Test
    void errorLinesOfALogAreCountedBySecond() {
        Event minute = new Event(
                START,
                Event.Kind.LOG_ERRORS,
                "/web",
                "3 error lines in one minute of /web",
                new TreeMap<>(
                        Map.of(Event.BY_SECOND, START.getEpochSecond() + ":2 " + (START.getEpochSecond() + 2) + ":1")));

        List<Series> derived = DerivedSeries.of(
                stack(
                        Resource.of(ResourceKind.LOG_GROUP, "/web", Map.of()),
                        Resource.of(ResourceKind.LOG_GROUP, "/db", Map.of())),
                List.of(),
                List.of(minute),
                List.of(),
                WINDOW);

        assertThat(derived)
                .extracting(series -> series.resource()
                        + series.samples().stream()
                                .map(sample -> String.valueOf(sample.value()))
                                .toList())
                .containsExactly("/web[2.0, 0.0, 1.0]", "/db[0.0, 0.0, 0.0]");
    }

    @Test
    void aLogThatCouldNotBeReadIsAGap() {
        assertThat(DerivedSeries.of(
                        stack(Resource.of(ResourceKind.LOG_GROUP, "/web", Map.of())),
                        List.of(),
                        List.of(),
                        List.of("log errors are not seen: permission logs:FilterLogEvents is missing"),
                        WINDOW))
                .isEmpty();
    }

    private static Resource host(String id, String image) {
        return Resource.of(ResourceKind.INSTANCE, id, Map.of("scaling-group", "g", "image", image, "type", "small"));
    }

    private static Topology stack(Resource... resources) {
        return new Topology(List.of(resources));
    }

    private static Series series(String name, double... values) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            samples.add(new Sample(START.plusSeconds(i), values[i]));
        }
        return new Series(
                name,
                ResourceKind.SCALING_GROUP,
                "g",
                new Origin("n", name, new TreeMap<>(), "Average", "r"),
                Unit.COUNT,
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }
}
