package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three hours, twelve of every resource and a sample every second: the page stays small and hides no peak. */
class LongRunTest {
    private static final int SECONDS = 10_800;
    private static final int RESOURCES = 12;
    private static final int PEAK = 7_777;

    private static final Evidence EVIDENCE = evidence();

    private static Evidence evidence() {
        Evidence example = ExampleRun.evidence();
        List<Series> all = new ArrayList<>();
        for (MetricDefinition metric : MetricCatalogue.all()) {
            for (int i = 0; i < RESOURCES; i++) {
                all.add(series(metric, "a-resource-of-aws-" + i));
            }
        }
        RequestHistograms.Builder requests = new RequestHistograms.Builder();
        for (int second = 0; second < SECONDS; second++) {
            for (int name = 0; name < 6; name++) {
                for (int i = 0; i < 3; i++) {
                    int millis = 10 + name + second % 97 + 5 * i;
                    RequestOutcome outcome = second == PEAK && i < 2 ? RequestOutcome.KO : RequestOutcome.OK;
                    requests.record(
                            "GET /items/" + name, outcome, ExampleRun.at(second).toEpochMilli(), millis);
                }
            }
        }
        return new Evidence(
                example.facts(),
                example.topology(),
                requests.build(),
                example.integrity(),
                all,
                example.events(),
                List.of());
    }

    private static Series series(MetricDefinition metric, String resource) {
        Series like = ExampleStack.series(metric.name(), resource, second -> true, second -> 0);
        List<Sample> samples = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            double value = second == PEAK ? 9_999 : 100.0 * (second * 7919 % 1000) / 999;
            samples.add(new Sample(ExampleRun.at(second), value));
        }
        return new Series(
                like.name(),
                like.kind(),
                resource,
                like.origin(),
                like.unit(),
                Duration.ofSeconds(1),
                Series.Completeness.COMPLETE,
                "",
                samples);
    }

    private static long points(Chart chart) {
        return chart.lines().stream()
                .mapToLong(line -> line.values().size())
                .max()
                .orElse(0);
    }

    @Test
    void thePageStaysWithinTwoMegabytes() {
        String html = HtmlReport.render(ExampleRun.verdict(Outcome.PASS), EVIDENCE);

        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(2_000_000);
    }

    @Test
    void noLineHasMoreThanSixHundredPointsAndThePeakIsStillThere() {
        TimeAxis axis = TimeAxis.of(EVIDENCE);
        ClientCharts client = new ClientCharts(EVIDENCE, axis);
        Chart lag = new MetricCharts(EVIDENCE, axis)
                .charts().stream()
                        .filter(chart -> chart.id().equals("replica-lag"))
                        .findFirst()
                        .orElseThrow();

        assertThat(axis.bucketSeconds()).isEqualTo(18);
        assertThat(List.of(points(lag), points(client.latency()), points(client.errors())))
                .containsOnly(600L);
        assertThat(lag.lines())
                .allSatisfy(line ->
                        assertThat(line.highest().orElseThrow().number()).isEqualTo(9_999));
        assertThat(client.errors().lines().get(0).highest().orElseThrow().number())
                .isEqualTo(2);
    }

    @Test
    void theChartSaysWhatAPointStandsFor() {
        TimeAxis axis = TimeAxis.of(EVIDENCE);

        assertThat(new ClientCharts(EVIDENCE, axis).errors().notes())
                .contains("The run is long: a point stands for 18 s and shows its worst second.");
        assertThat(TimeAxis.of(ExampleRun.evidence()).downsampled("anything")).isEmpty();
    }

    @Test
    void percentilesComeFromMergedHistogramsAndNeverFromAverages() {
        TimeAxis axis = TimeAxis.of(EVIDENCE);
        Chart.Line median = new ClientCharts(EVIDENCE, axis).latency().lines().get(0);

        assertThat(median.name()).isEqualTo("GET /items/0 p50");
        double merged = EVIDENCE.client()
                .responseTimes(
                        Set.of("GET /items/0"),
                        Set.of(RequestOutcome.OK),
                        axis.buckets(axis.window()).get(0))
                .getValueAtPercentile(50);
        assertThat(median.points().get(0).number()).isEqualTo(merged);
    }
}
