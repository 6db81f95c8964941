package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockLengthTest {
    @Test
    void valuesWithoutLikenessGetShortBlocks() {
        assertThat(median(0, 300)).isBetween(1.0, 3.0);
    }

    /**
     * For an AR(1) series the best length is (3/2 (2φ / (1 − φ²))²)^(1/3) n^(1/3), by Politis and White's section 3: 24.6 for φ = 0.8
     * and n = 500.
     */
    @Test
    void aSeriesThatRemembersGetsTheBlocksOfItsMemory() {
        assertThat(median(0.8, 500)).isBetween(15.0, 35.0);
        assertThat(median(0.4, 500)).isBetween(4.0, 13.0);
    }

    @Test
    void aConstantOrVeryShortSeriesGetsBlocksOfOne() {
        assertThat(BlockLength.of(new double[100])).isEqualTo(1);
        assertThat(BlockLength.of(new double[] {1, 2, 3})).isEqualTo(1);
        assertThat(BlockLength.of(new double[] {1})).isEqualTo(1);
    }

    @Test
    void aBlockIsNeverLongerThanAThirdOfTheSeries() {
        double[] rising = IntStream.range(0, 30).mapToDouble(i -> i).toArray();

        assertThat(BlockLength.of(rising)).isBetween(5, 10);
    }

    private static double median(double memory, int length) {
        double[] lengths = IntStream.range(0, 31)
                .mapToDouble(seed -> BlockLength.of(series(memory, length, seed)))
                .sorted()
                .toArray();
        return lengths[lengths.length / 2];
    }

    private static double[] series(double memory, int length, int seed) {
        Random random = new Random(seed);
        double[] values = new double[length];
        double value = 0;
        for (int i = 0; i < length; i++) {
            value = memory * value + random.nextGaussian();
            values[i] = value;
        }
        return Arrays.copyOf(values, length);
    }
}
