package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinomialBoundsTest {
    private static final int DRAWS = 2_000;

    @ParameterizedTest
    @CsvSource({"0.99, 299", "0.95, 59", "0.9, 29", "0.5, 5", "0.999, 2995"})
    void theSmallestSampleHasTheLargestValueAsItsUpperBound(double quantile, int smallest) {
        assertThat(BinomialBounds.smallestSample(quantile)).isEqualTo(smallest);
        assertThat(BinomialBounds.ranks(smallest, quantile).upper()).hasValue(smallest);
        assertThat(BinomialBounds.ranks(smallest - 1, quantile).upper()).isEmpty();
    }

    /** P(X = 0) of Binomial(n, 0.05) must be at most 0.05: from n = 59 on, as for the upper bound of p95. */
    @Test
    void aLowQuantileLacksItsLowerBoundInASmallSample() {
        assertThat(BinomialBounds.ranks(59, 0.05).lower()).hasValue(1);
        assertThat(BinomialBounds.ranks(58, 0.05).lower()).isEmpty();
        assertThat(BinomialBounds.ranks(1, 0.5))
                .isEqualTo(new BinomialBounds.Ranks(OptionalInt.empty(), OptionalInt.empty()));
    }

    /** Binomial(10, 1/2) has P(X <= 1) = 11/1024, P(X <= 2) = 56/1024, P(X <= 8) = 1013/1024, P(X <= 7) = 968/1024. */
    @Test
    void theMedianOfTenLiesBetweenTheSecondAndTheNinth() {
        assertThat(BinomialBounds.ranks(10, 0.5))
                .isEqualTo(new BinomialBounds.Ranks(OptionalInt.of(2), OptionalInt.of(9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 100_000})
    void withoutAHitTheUpperBoundIsClosedForm(int trials) {
        BinomialBounds.Ratio ratio = BinomialBounds.ratio(0, trials);

        assertThat(ratio.lower()).isZero();
        assertThat(ratio.upper()).isCloseTo(1 - Math.pow(0.05, 1.0 / trials), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000})
    void withNothingButHitsTheLowerBoundIsClosedForm(int trials) {
        BinomialBounds.Ratio ratio = BinomialBounds.ratio(trials, trials);

        assertThat(ratio.upper()).isEqualTo(1);
        assertThat(ratio.lower()).isCloseTo(Math.pow(0.05, 1.0 / trials), within(1e-9));
    }

    /** Each side of the two-sided 90 % Clopper-Pearson interval, as tabulated. */
    @ParameterizedTest
    @CsvSource({"1, 10, 0.0051, 0.3942", "2, 10, 0.0368, 0.5069", "5, 10, 0.2224, 0.7776", "10, 100, 0.0553, 0.1637"})
    void knownBoundsAreMet(int hits, int trials, double lower, double upper) {
        BinomialBounds.Ratio ratio = BinomialBounds.ratio(hits, trials);

        assertThat(ratio.lower()).isCloseTo(lower, within(0.0001));
        assertThat(ratio.upper()).isCloseTo(upper, within(0.0001));
    }

    @Test
    void theBoundsLeaveFivePercentOnEachSide() {
        BinomialBounds.Ratio ratio = BinomialBounds.ratio(3, 40);

        assertThat(atMost(3, 40, ratio.upper())).isCloseTo(0.05, within(1e-9));
        assertThat(1 - atMost(2, 40, ratio.lower())).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void hitsAndMissesAreSymmetric() {
        for (int hits = 0; hits <= 50; hits++) {
            assertThat(BinomialBounds.ratio(hits, 50).upper())
                    .isCloseTo(1 - BinomialBounds.ratio(50 - hits, 50).lower(), within(1e-9));
        }
    }

    @Test
    void millionsOfRequestsKeepTheBoundsAroundTheRatio() {
        BinomialBounds.Ratio ratio = BinomialBounds.ratio(1_440_000, 144_000_000);

        assertThat(ratio.lower()).isLessThan(0.01).isCloseTo(0.01, within(2e-5));
        assertThat(ratio.upper()).isGreaterThan(0.01).isCloseTo(0.01, within(2e-5));
    }

    @ParameterizedTest
    @CsvSource({"0.95, 200", "0.99, 500", "0.5, 31"})
    void eachRankBoundHoldsInAtLeastNinetyFourPercentOfDraws(double quantile, int samples) {
        Random random = new Random(5);
        BinomialBounds.Ranks ranks = BinomialBounds.ranks(samples, quantile);
        int below = 0;
        int above = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] values = random.doubles(samples).sorted().toArray();
            below += values[ranks.lower().orElseThrow() - 1] <= quantile ? 1 : 0;
            above += values[ranks.upper().orElseThrow() - 1] >= quantile ? 1 : 0;
        }

        assertThat(below).isGreaterThanOrEqualTo(DRAWS * 94 / 100);
        assertThat(above).isGreaterThanOrEqualTo(DRAWS * 94 / 100);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1000", "0.2, 50", "0.5, 20"})
    void eachRatioBoundHoldsInAtLeastNinetyFourPercentOfDraws(double truth, int trials) {
        Random random = new Random(7);
        int below = 0;
        int above = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            long hits = Arrays.stream(random.doubles(trials).toArray())
                    .filter(value -> value < truth)
                    .count();
            BinomialBounds.Ratio ratio = BinomialBounds.ratio(hits, trials);
            below += ratio.lower() <= truth ? 1 : 0;
            above += ratio.upper() >= truth ? 1 : 0;
        }

        assertThat(below).isGreaterThanOrEqualTo(DRAWS * 94 / 100);
        assertThat(above).isGreaterThanOrEqualTo(DRAWS * 94 / 100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aQuantileMustBeBetweenZeroAndOne(double quantile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinomialBounds.ranks(10, quantile))
                .withMessage("quantile must be in (0, 1), was " + quantile);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinomialBounds.smallestSample(quantile))
                .withMessage("quantile must be in (0, 1), was " + quantile);
    }

    @Test
    void aSampleMustHaveAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinomialBounds.ranks(0, 0.5))
                .withMessage("samples must be >= 1, were 0");
    }

    @ParameterizedTest
    @CsvSource({"-1, 10", "11, 10", "0, 0"})
    void hitsMustBeAmongTheTrials(int hits, int trials) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinomialBounds.ratio(hits, trials))
                .withMessage("hits must be in [0, trials], were " + hits + " of " + trials);
    }

    private static double atMost(int hits, int trials, double probability) {
        double sum = 0;
        double term = Math.pow(1 - probability, trials);
        for (int k = 0; k <= hits; k++) {
            sum += term;
            term *= (double) (trials - k) / (k + 1) * probability / (1 - probability);
        }
        return sum;
    }
}
