package io.plimsoll.environments.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricStoreTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    private static final SortedMap<String, String> INSTANCE = new TreeMap<>(Map.of("InstanceId", "i-1"));
    private static final MetricKey CPU = new MetricKey("AWS/EC2", "CPUUtilization", INSTANCE);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock(T0.plusSeconds(60));
    private final MetricStore store = new MetricStore(clock);

    private void put(double atSecond, double... values) {
        Instant at = T0.plusMillis(Math.round(atSecond * 1000));
        store.putAll("AWS/EC2", "CPUUtilization", INSTANCE, at, values, "Percent");
    }

    private List<Datapoint> read(String statistic, long from, long to, long period) {
        return store.datapoints(
                CPU, Statistic.named(statistic), T0.plusSeconds(from), T0.plusSeconds(to), Duration.ofSeconds(period));
    }

    private static Datapoint point(long second, double value) {
        return new Datapoint(T0.plusSeconds(second), value);
    }

    @ParameterizedTest
    @CsvSource({
        "Average, 2.5",
        "Sum, 10",
        "Minimum, 1",
        "Maximum, 4",
        "SampleCount, 4",
        "p50, 2",
        "p50.1, 3",
        "p75, 3",
        "p75.0001, 4",
        "p99.9, 4",
        "p100, 4",
        "p0.1, 1"
    })
    void aStatisticIsTakenOverTheRawValuesOfAPeriod(String statistic, double expected) {
        put(0.1, 4, 1);
        put(9.9, 3, 2);

        assertThat(read(statistic, 0, 10, 10)).containsExactly(point(0, expected));
    }

    @Test
    void periodsAreAlignedToTheEpochAndAGapHasNoDatapoint() {
        put(1, 10);
        put(5, 20);
        put(6, 30);

        assertThat(read("Average", 1, 10, 2)).containsExactly(point(0, 10), point(4, 20), point(6, 30));
    }

    @Test
    void theStartIsInclusiveAndTheEndExclusive() {
        put(1, 1);
        put(2, 2);
        put(3, 3);

        assertThat(read("Sum", 1, 3, 1)).containsExactly(point(1, 1), point(2, 2));
        assertThat(read("Sum", 3, 3, 1)).isEmpty();
    }

    @Test
    void aSecondIsPublishedOneSecondAfterItsEnd() {
        put(10.5, 7);

        clock.set(T0.plusMillis(11_999));
        assertThat(read("Sum", 0, 60, 1)).isEmpty();
        assertThat(store.metrics()).isEmpty();
        clock.set(T0.plusSeconds(12));
        assertThat(read("Sum", 0, 60, 1)).containsExactly(point(10, 7));
        assertThat(store.metrics()).containsExactly(CPU);
    }

    @Test
    void aLateValueCountsInItsOwnSecond() {
        put(10, 7);
        assertThat(read("Sum", 10, 11, 1)).containsExactly(point(10, 7));

        put(10, 8);

        assertThat(read("Sum", 10, 11, 1)).containsExactly(point(10, 15));
    }

    @Test
    void valuesAreForgottenAfterTheRetention() {
        put(0, 1);
        clock.set(T0.plus(MetricStore.RETENTION));
        put(10, 2);
        assertThat(read("Sum", 0, 60, 60)).containsExactly(point(0, 3));

        clock.advance(SECOND);
        put(11, 4);
        put(0, 100);

        assertThat(read("Sum", 0, 60, 60)).containsExactly(point(0, 6));
    }

    @Test
    void dimensionSetsAreNeverAggregated() {
        put(0, 1);
        store.put("AWS/EC2", "CPUUtilization", new TreeMap<>(), T0, 50, "Percent");

        assertThat(read("Sum", 0, 1, 1)).containsExactly(point(0, 1));
        assertThat(store.metrics()).hasSize(2).contains(CPU);
        assertThat(store.unit(CPU)).contains("Percent");
    }

    @Test
    void aCountWeighsItsValue() {
        store.put(CPU, T0, 10, 99, "Percent");
        store.put(CPU, T0, 1000, 1, "Percent");

        assertThat(read("p99", 0, 1, 1)).containsExactly(point(0, 10));
        assertThat(read("p99.1", 0, 1, 1)).containsExactly(point(0, 1000));
        assertThat(read("SampleCount", 0, 1, 1)).containsExactly(point(0, 100));
        assertThat(read("Average", 0, 1, 1)).containsExactly(point(0, 19.9));
    }

    @Test
    void aStatisticSetHasNoPercentilesUnlessItsValuesAreEqual() {
        store.put(CPU, T0, new Summary(4, 20, 2, 8), "Percent");
        store.put(CPU, T0.plusSeconds(1), new Summary(4, 20, 5, 5), "Percent");

        assertThat(read("p50", 0, 2, 1)).containsExactly(point(1, 5));
        assertThat(read("Average", 0, 2, 2)).containsExactly(point(0, 5));
        assertThat(read("Maximum", 0, 2, 2)).containsExactly(point(0, 8));
        assertThat(read("SampleCount", 0, 2, 2)).containsExactly(point(0, 8));
        assertThat(read("p50", 0, 2, 2)).isEmpty();
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> put(0, 1, Double.NaN))
                .hasMessage("AWS/EC2 CPUUtilization{InstanceId=i-1}: value must be a finite number, was NaN");
        assertThat(read("SampleCount", 0, 1, 1)).isEmpty();
        assertThatThrownBy(() -> store.put(CPU, T0, 1, 0, "Percent"))
                .hasMessage("AWS/EC2 CPUUtilization{InstanceId=i-1}: count must be > 0, was 0.0");
    }

    @Test
    void aPeriodMustBeAMultipleOfOneSecond() {
        assertThatThrownBy(() -> store.datapoints(CPU, Statistic.SUM, T0, T0, Duration.ofMillis(1500)))
                .hasMessage("AWS/EC2 CPUUtilization{InstanceId=i-1}: period must be a positive multiple of 1 s,"
                        + " was PT1.5S");
    }

    @ParameterizedTest
    @CsvSource({"p0", "p100.1", "P50", "p", "tm90", "average", "''"})
    void anUnknownStatisticIsRefusedWithTheValidOnes(String name) {
        assertThatThrownBy(() -> Statistic.named(name))
                .hasMessage("statistic '" + name + "' is not one of Average, Sum, Minimum, Maximum, SampleCount,"
                        + " or p followed by a number in (0, 100]");
    }

    @Test
    void ofManyValuesASelectionIsKeptAfterFiveMinutes() {
        double[] values = IntStream.rangeClosed(1, 1000).mapToDouble(i -> i).toArray();
        put(0, values);
        put(300, 1);
        assertThat(read("p96", 0, 1, 1)).containsExactly(point(0, 960));

        put(301, 1);

        assertThat(read("p50", 0, 1, 1)).containsExactly(point(0, 500));
        assertThat(read("p96", 0, 1, 1)).containsExactly(point(0, 980));
        assertThat(read("p99.5", 0, 1, 1)).containsExactly(point(0, 995));
        assertThat(read("p100", 0, 1, 1)).containsExactly(point(0, 1000));
        assertThat(read("Sum", 0, 1, 1)).containsExactly(point(0, 500_500));
        assertThat(read("Sum", 0, 60, 60)).containsExactly(point(0, 500_500));
        assertThat(read("SampleCount", 0, 60, 60)).containsExactly(point(0, 1000));
        assertThat(read("Minimum", 0, 1, 1)).containsExactly(point(0, 1));
    }

    @Test
    void fewValuesAreKeptAsTheyAre() {
        put(0, 3, 1, 2);
        put(400, 1);

        assertThat(read("p34", 0, 1, 1)).containsExactly(point(0, 2));
    }

    @Test
    void aLateValueCountsInASecondOfWhichASelectionIsKept() {
        put(0, IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray());
        put(400, 1);

        put(0, 1_000);

        assertThat(read("Maximum", 0, 1, 1)).containsExactly(point(0, 1_000));
        assertThat(read("p99", 0, 1, 1)).containsExactly(point(0, 100));
        assertThat(read("Sum", 0, 1, 1)).containsExactly(point(0, 6_050));
    }

    @Test
    void secondsComeInAnyOrderAndManyAreKept() {
        List<Integer> seconds =
                new ArrayList<>(IntStream.range(0, 5_000).boxed().toList());
        Collections.shuffle(seconds, new Random(7));
        clock.set(T0.plusSeconds(5_001));
        seconds.forEach(second ->
                put(second, second % 3 == 0 ? new double[] {second, second + 1} : new double[] {second}));

        assertThat(read("Sum", 0, 5_000, 1))
                .isEqualTo(IntStream.range(0, 5_000)
                        .mapToObj(second -> point(second, second % 3 == 0 ? 2 * second + 1 : second))
                        .toList());
    }

    @Test
    void whatIsForgottenMakesRoomForWhatComes() {
        int retention = Math.toIntExact(MetricStore.RETENTION.toSeconds());
        int end = 2 * retention;
        for (int second = 0; second < end; second += 2) {
            clock.set(T0.plusSeconds(second));
            put(second, second % 4 == 0 ? new double[] {second} : new double[] {second, second});
        }

        clock.advance(Duration.ofSeconds(5));
        List<Datapoint> all = read("Maximum", 0, end, 1);
        assertThat(all).first().isEqualTo(point(retention - 2, retention - 2));
        assertThat(all).hasSize(retention / 2 + 1).last().isEqualTo(point(end - 2, end - 2));
    }
}
