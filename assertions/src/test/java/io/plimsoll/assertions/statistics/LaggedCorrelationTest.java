package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaggedCorrelationTest {
    private static double[] wave(int shift) {
        return IntStream.range(0, 60)
                .mapToDouble(step -> Math.sin((step - shift) / 5.0))
                .toArray();
    }

    @Test
    void theLagAtWhichTheEffectFollowsIsFound() {
        LaggedCorrelation found =
                LaggedCorrelation.strongest(wave(0), wave(4), 8).orElseThrow();

        assertThat(found.lag()).isEqualTo(4);
        assertThat(found.coefficient()).isCloseTo(1, within(1e-9));
    }

    /** By hand: the differences of these ranks have squares that sum up to 182. */
    @Test
    void theCoefficientIsSpearmans() {
        double[] first = {7, 4, 3, 10, 6, 2, 9, 8, 1, 5};
        double[] second = {5, 7, 3, 10, 1, 9, 6, 2, 8, 4};

        assertThat(LaggedCorrelation.strongest(first, second, 0).orElseThrow().coefficient())
                .isCloseTo(1 - 6 * 182.0 / 990, within(1e-9));
    }

    @Test
    void tiesHaveTheirMeanRankAndWhatIsUnknownIsLeftOut() {
        double[] first = {1, 2, 2, 3, 4, Double.NaN, 5, 6, 7};
        double[] second = {1, 2, 2, 3, 4, 99, 5, 6, 7};

        assertThat(LaggedCorrelation.strongest(first, second, 0).orElseThrow().coefficient())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void aConstantOrTooShortSequenceSaysNothing() {
        assertThat(LaggedCorrelation.strongest(new double[60], wave(0), 5)).isEmpty();
        assertThat(LaggedCorrelation.strongest(new double[] {1, 2, 3}, new double[] {1, 2, 3}, 1))
                .isEmpty();
    }

    @Test
    void sequencesOfDifferentLengthAreRefused() {
        assertThatThrownBy(() -> LaggedCorrelation.strongest(new double[3], new double[4], 0))
                .hasMessage("lagged correlation: both must have as many steps, had 3 and 4");
    }
}
