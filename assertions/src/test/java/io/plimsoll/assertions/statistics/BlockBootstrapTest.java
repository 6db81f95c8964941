package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {
    /** Of the values 1 and 3, two draws sum to 2, 4, 4 or 6. */
    @Test
    void blocksOfOneDrawEveryValueByItself() {
        double[] sums = BlockBootstrap.of(new double[][] {{1, 3}}, 1, 42).replicates(40_000, each -> each[0]);

        assertThat(Arrays.stream(sums).distinct().toArray()).containsExactly(2, 4, 6);
        assertThat(share(sums, 2)).isCloseTo(0.25, within(0.01));
        assertThat(share(sums, 4)).isCloseTo(0.50, within(0.01));
        assertThat(share(sums, 6)).isCloseTo(0.25, within(0.01));
    }

    /** Of 1, 2, 3, 4 on a circle the blocks of two are 12, 23, 34, 41; two of them sum to 6, 8, 10, 12 or 14 in 1, 4, 6, 4, 1 of 16 cases. */
    @Test
    void blocksGoRoundTheEnd() {
        double[] sums = BlockBootstrap.of(new double[][] {{1, 2, 3, 4}}, 2, 42).replicates(40_000, each -> each[0]);

        assertThat(Arrays.stream(sums).distinct().toArray()).containsExactly(6, 8, 10, 12, 14);
        assertThat(share(sums, 6)).isCloseTo(1.0 / 16, within(0.01));
        assertThat(share(sums, 8)).isCloseTo(4.0 / 16, within(0.01));
        assertThat(share(sums, 10)).isCloseTo(6.0 / 16, within(0.01));
        assertThat(share(sums, 14)).isCloseTo(1.0 / 16, within(0.01));
    }

    @Test
    void aBlockAsLongAsTheSeriesLeavesEverySumAsItWas() {
        double[] sums = BlockBootstrap.of(new double[][] {{1, 2, 3, 4}}, 4, 42).replicates(100, each -> each[0]);

        assertThat(Arrays.stream(sums).distinct().toArray()).containsExactly(10);
    }

    @Test
    void columnsAreDrawnTogether() {
        double[][] columns = {{1, 2, 3, 4, 5}, {10, 20, 30, 40, 50}};

        double[] ratios = BlockBootstrap.of(columns, 2, 7).replicates(500, sums -> sums[1] / sums[0]);

        assertThat(ratios).hasSize(500).containsOnly(10);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        double[][] columns = {{3, 1, 4, 1, 5, 9, 2, 6}};

        double[] first = BlockBootstrap.of(columns, 3, 5).replicates(50, sums -> sums[0]);
        assertThat(BlockBootstrap.of(columns, 3, 5).replicates(50, sums -> sums[0]))
                .containsExactly(first);
        assertThat(BlockBootstrap.of(columns, 3, 6).replicates(50, sums -> sums[0]))
                .isNotEqualTo(first);
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        double[] ratios = BlockBootstrap.of(new double[][] {{0, 1}}, 1, 3).replicates(100, sums -> 1 / sums[0]);

        assertThat(ratios).hasSizeLessThan(100).containsOnly(0.5, 1);
    }

    /** By hand: deviations −1.5, −0.5, 0.5, 1.5; blocks of two −2, 0, 2, 0; 8 / 4 blocks / 2 long / 4 values. */
    @Test
    void theVarianceOfAMeanIsThatOfAllBlocks() {
        assertThat(BlockBootstrap.varianceOfMean(new double[] {1, 2, 3, 4}, 2)).isCloseTo(0.25, within(1e-12));
        assertThat(BlockBootstrap.varianceOfMean(new double[] {1, 3}, 1)).isCloseTo(0.5, within(1e-12));
        assertThat(BlockBootstrap.varianceOfMean(new double[] {1, 3}, 2)).isCloseTo(0, within(1e-12));
    }

    @Test
    void resamplesVaryAsTheVarianceOfAMeanSays() {
        Random random = new Random(11);
        double[] values = random.doubles(60).toArray();

        double[] means = BlockBootstrap.of(new double[][] {values}, 4, 1).replicates(20_000, sums -> sums[0] / 60);

        double mean = Arrays.stream(means).average().orElseThrow();
        double variance = Arrays.stream(means)
                .map(one -> (one - mean) * (one - mean))
                .average()
                .orElseThrow();
        double expected = BlockBootstrap.varianceOfMean(values, 4);
        assertThat(variance).isCloseTo(expected, within(0.05 * expected));
    }

    @Test
    void quantilesAreInterpolated() {
        double[] values = {10, 20, 30};

        assertThat(BlockBootstrap.quantile(values, 0)).isEqualTo(10);
        assertThat(BlockBootstrap.quantile(values, 0.25)).isEqualTo(15);
        assertThat(BlockBootstrap.quantile(values, 1)).isEqualTo(30);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockBootstrap.quantile(values, Double.NaN))
                .withMessage("share must be in [0, 1], was NaN");
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockBootstrap.of(new double[][] {{1, 2}}, 3, 1))
                .withMessage("block length must be in [1, 2], was 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockBootstrap.of(new double[][] {{1, 2}, {1}}, 1, 1))
                .withMessage("columns must be equally long, were 2 and 1");
    }

    private static double share(double[] values, double value) {
        return (double) Arrays.stream(values).filter(one -> one == value).count() / values.length;
    }
}
