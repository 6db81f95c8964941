package io.plimsoll.assertions.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTrendTest {
    @Test
    void aSlowlyGrowingQueueIsARise() {
        LatencyTrend trend = LatencyTrend.of(
                IntStream.range(0, 10).mapToObj(second -> 5 + 15.0 * second).toList());

        assertThat(trend.rising()).isTrue();
        assertThat(trend.slopePerSecond()).isCloseTo(15, within(1e-9));
        assertThat(trend.after(30)).isCloseTo(140 + 450, within(1e-9));
    }

    @Test
    void noiseIsSeldomARise() {
        Random random = new Random(3);
        long rising = IntStream.range(0, 1000)
                .filter(run -> LatencyTrend.of(random.doubles(12, 4, 9).boxed().toList())
                        .rising())
                .count();

        assertThat(rising).isLessThanOrEqualTo(20);
    }

    @Test
    void oneSlowSecondIsNoRise() {
        LatencyTrend trend = LatencyTrend.of(List.of(5.0, 5.5, 5.2, 900.0, 5.1, 5.3, 5.4, 5.2, 5.1, 5.0));

        assertThat(trend.rising()).isFalse();
        assertThat(trend.after(30)).isLessThan(10);
    }

    @Test
    void fourSecondsShowNoTrend() {
        assertThat(LatencyTrend.of(List.of(1.0, 2.0, 3.0, 4.0)).rising()).isFalse();
        assertThat(LatencyTrend.of(List.of()).after(10)).isZero();
    }
}
