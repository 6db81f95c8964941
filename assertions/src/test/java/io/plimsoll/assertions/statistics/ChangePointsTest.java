package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChangePointsTest {
    /**
     * Annual flow of the Nile at Aswan, 10⁸ m³, 1871 to 1970 (Cobb, The Problem of the Nile, Biometrika 65, 1978; R's data
     * set {@code Nile}): it fell with the year 1899, when the first dam was begun.
     */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    @Test
    void theNileFellOnceWith1899() {
        assertThat(NILE).hasSize(100);

        List<ChangePoints.Change> changes = ChangePoints.of(NILE, 2, 1);

        assertThat(changes).extracting(ChangePoints.Change::index).containsExactly(1899 - 1871);
        assertThat(changes.get(0).probability()).isEqualTo(1 / 500.0);
        // The means that the literature gives: 1,098 before and 850 after.
        assertThat(changes.get(0).before()).isCloseTo(1097.75, within(0.01));
        assertThat(changes.get(0).after()).isCloseTo(849.97, within(0.01));
    }

    @Test
    void theSeedDoesNotDecideTheNile() {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(ChangePoints.of(NILE, 2, seed))
                    .extracting(ChangePoints.Change::index)
                    .contains(28)
                    .hasSizeLessThanOrEqualTo(2);
        }
        assertThat(ChangePoints.of(NILE, 2, 5)).isEqualTo(ChangePoints.of(NILE, 2, 5));
    }

    /** By hand: of 0, 0, 1, 1 the cut in the middle has a distance of 2 × 2 / 4 × (2 × 4 / 4 − 0 − 0) = 2. */
    @Test
    void theStatisticOfASmallSeriesIsThatOfThePaper() {
        assertThat(ChangePoints.best(new double[] {0, 0, 1, 1}, 2).index()).isEqualTo(2);
        assertThat(ChangePoints.best(new double[] {0, 0, 1, 1}, 2).statistic()).isCloseTo(2, within(1e-12));
        // Of 0, 1, 5, 6: within 1 and 1, between 5 + 6 + 4 + 5 = 20; 1 × (2 × 20 / 4 − 2 × 1 / 2 − 2 × 1 / 2) = 8.
        assertThat(ChangePoints.best(new double[] {0, 1, 5, 6}, 2).statistic()).isCloseTo(8, within(1e-12));
    }

    @Test
    void severalStepsAreAllFound() {
        Random random = new Random(2);
        double[] steps = DoubleStream.concat(
                        DoubleStream.concat(around(10, 20, random), around(14, 20, random)), around(8, 20, random))
                .toArray();

        assertThat(ChangePoints.of(steps, 2, 1))
                .extracting(ChangePoints.Change::index)
                .containsExactly(20, 40);
    }

    /** At a level of 1 %, noise must be taken for a change in about one of a hundred series. */
    @Test
    void noiseIsSeldomTakenForAChange() {
        Random random = new Random(3);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            found += ChangePoints.of(around(10, 30, random).toArray(), 2, i).isEmpty() ? 0 : 1;
        }
        assertThat(found).isLessThanOrEqualTo(7);
    }

    @Test
    void whatIsConstantOrShortHasNoChange() {
        assertThat(ChangePoints.of(new double[50], 2, 1)).isEmpty();
        assertThat(ChangePoints.of(new double[] {1, 1, 9}, 2, 1)).isEmpty();
        assertThat(ChangePoints.of(new double[0], 2, 1)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangePoints.of(new double[9], 1, 1))
                .withMessage("a segment must have at least 2 values, was 1");
    }

    @Test
    void theSeriesIsLeftAsItWas() {
        double[] values = Arrays.copyOf(NILE, NILE.length);

        ChangePoints.of(values, 2, 1);

        assertThat(values).containsExactly(NILE);
    }

    private static DoubleStream around(double mean, int count, Random random) {
        return DoubleStream.generate(() -> mean + random.nextGaussian()).limit(count);
    }
}
