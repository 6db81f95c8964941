package io.plimsoll.assertions.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real runs of the local stack whose bottleneck was made, as the README's table says how, second by second: requests served,
 * what was missed (empty in the warm-up), and how close each resource was to its limit. They are what was measured, not
 * what a model gives.
 */
class RecordedBottlenecksTest {
    private static final double LIMIT_MILLIS = 500;

    private record Recorded(List<Double> served, Breach breach, List<Pressure> pressures, Grid grid) {
        Optional<SaturationOrder.Cause> cause() {
            return causeAmong(pressures);
        }

        Optional<SaturationOrder.Cause> causeAmong(List<Pressure> seen) {
            return SaturationOrder.find(seen, Grid.unboxed(served), breach, grid);
        }
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static List<Double> column(List<String[]> rows, int column) {
        return rows.stream().map(row -> number(row[column])).toList();
    }

    private static Recorded read(String name) throws IOException {
        List<String> lines;
        try (InputStream file = RecordedBottlenecksTest.class.getResourceAsStream(name + ".csv")) {
            lines = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        String[] heads = lines.get(0).split(",", -1);
        List<String[]> rows =
                lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
        List<Pressure> pressures = new ArrayList<>();
        for (int column = 2; column < heads.length; column++) {
            String[] head = heads[column].split("\\|", -1);
            pressures.add(new Pressure(
                    ResourceKind.valueOf(head[0]), head[1], head[2], Law.valueOf(head[3]), column(rows, column)));
        }
        return new Recorded(
                column(rows, 0),
                new Breach("response times and errors", LIMIT_MILLIS, column(rows, 1), false),
                pressures,
                new Grid(Instant.EPOCH, Duration.ofSeconds(1), rows.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "locks, DATABASE, database lock waits",
        "connections, INSTANCE, host pool busy",
        "cache, CACHE, evictions",
        "network, INSTANCE, host network exceeded",
        "shard, SHARD, shard cpu"
    })
    void whatWasMadeTheBottleneckIsNamed(String run, ResourceKind kind, String metric) throws IOException {
        assertThat(read(run).cause().map(SaturationOrder.Cause::pressure)).hasValueSatisfying(named -> {
            assertThat(named.kind()).isEqualTo(kind);
            assertThat(named.metric()).isEqualTo(metric);
        });
    }

    @Test
    void oneConnectionAndASlowNetworkLimitNothingBehindACacheThatIsLargeEnough() throws IOException {
        assertThat(read("none").cause()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"locks, database lock waits", "network, host network exceeded"})
    void withoutTheMetricThatShowsItNothingElseIsBlamed(String run, String metric) throws IOException {
        Recorded recorded = read(run);
        List<Pressure> seen = recorded.pressures().stream()
                .filter(pressure -> !pressure.metric().equals(metric))
                .toList();

        assertThat(recorded.causeAmong(seen)).isEmpty();
    }
}
