package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.Evidence;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MetricLineTest {
    private static final Evidence EVIDENCE = ExampleRun.evidence();
    private static final TimeAxis AXIS = TimeAxis.of(EVIDENCE);

    private static List<Chart.Point> points(Series series, List<Series> all) {
        return new MetricLine(series, AXIS).points(all, false, DoubleUnaryOperator.identity());
    }

    private static long gaps(double distance) {
        List<Sample> values = List.of(new Sample(ExampleRun.at(0), 1), new Sample(ExampleRun.at(distance), 2));
        return MetricLine.points(values, 1, false, AXIS).stream()
                .filter(point -> point.value().isEmpty())
                .count();
    }

    @Test
    void aLineBreaksBeyondOneAndAHalfPeriodsAndNotAtThem() {
        assertThat(gaps(1.5)).isZero();
        assertThat(gaps(1.501)).isOne();
    }

    @Test
    void aMissingErrorCountIsZeroOnlyWhereItsCompanionWasAlive() {
        Series errors = ExampleStack.series("load balancer 5xx", "lb", second -> second == 5, second -> 7);
        Series requests =
                ExampleStack.series("load balancer requests", "lb", second -> second >= 4 && second < 7, s -> 1);

        assertThat(points(errors, List.of(errors, requests)))
                .containsExactly(Chart.Point.of(4, 0), Chart.Point.of(5, 7), Chart.Point.of(6, 0));
        assertThat(points(errors, List.of(errors))).containsExactly(Chart.Point.of(5, 7));
    }

    @Test
    void theCompanionOfAnotherResourceProvesNothing() {
        Series errors = ExampleStack.series("load balancer 5xx", "lb", second -> second == 5, second -> 7);
        Series other = ExampleStack.series("load balancer requests", "other", second -> true, second -> 1);

        assertThat(points(errors, List.of(errors, other))).containsExactly(Chart.Point.of(5, 7));
    }

    @Test
    void stoppedReplicationIsAShadedStretchAndNotAValue() {
        Series lag = ExampleStack.series("replica lag", "r1", second -> true, s -> s >= 20 && s < 30 ? -1 : 0);

        assertThat(points(lag, List.of(lag))).noneMatch(point -> point.value().orElse(0) < 0);
        assertThat(new MetricLine(lag, AXIS).broken())
                .containsExactly(new Chart.Band(20, 30, "replication stopped: r1"));
    }

    @Test
    void scaleOutIsMeasuredFromTheLoadStep() {
        assertThat(ScaleOut.of(EVIDENCE).rows())
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactly(
                        "Load step 0.0 s",
                        "First alarm 9.0 s",
                        "Launch begins 10.0 s",
                        "Launch ends 14.5 s",
                        "Target healthy 16.0 s",
                        "Launch begins 22.0 s",
                        "Launch ends 26.5 s",
                        "Target healthy 28.0 s");
    }
}
