package io.plimsoll.assertions.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.assertions.capacity.ScalabilityFit.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalabilityFitTest {
    /** Throughput at 1 to 32 threads, the example of Gunther's usl package for R and of usl4j. */
    private static final double[] CISCO = {
        955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7,
        9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37,
        12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39
    };

    @Test
    void fitsThePublishedExampleToItsPublishedParameters() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < CISCO.length; i++) {
            points.add(new Point(i + 1.0, CISCO[i]));
        }

        ScalabilityFit fit = ScalabilityFit.of(points).orElseThrow();

        assertThat(fit.sigma()).isCloseTo(0.02671591, within(1e-6));
        assertThat(fit.kappa()).isCloseTo(7.690945E-4, within(1e-8));
        assertThat(fit.lambda()).isCloseTo(995.6486, within(1e-2));
        assertThat(fit.peak()).hasValueSatisfying(n -> assertThat(n).isCloseTo(35.57, within(0.05)));
        assertThat(fit.throughput(35)).isCloseTo(12341.7, within(1.0));
    }

    @Test
    void theBandHoldsTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(7);
        int held = 0;
        for (int run = 0; run < 200; run++) {
            List<Point> points = new ArrayList<>();
            for (int n = 1; n <= 16; n++) {
                double truth = 100.0 * n / (1 + 0.03 * (n - 1) + 0.001 * n * (n - 1));
                points.add(new Point(n, truth + random.nextGaussian() * 10));
            }
            ScalabilityFit.Band band = ScalabilityFit.of(points).orElseThrow().band(10);
            double truth = 1000 / (1 + 0.27 + 0.09);
            held += band.low() <= truth && truth <= band.high() ? 1 : 0;
        }
        assertThat(held).isBetween(176, 199);
    }

    @Test
    void aStraightLineHasNoPeak() {
        List<Point> points =
                List.of(new Point(1, 100), new Point(2, 200), new Point(3, 300), new Point(4, 400), new Point(5, 500));

        ScalabilityFit fit = ScalabilityFit.of(points).orElseThrow();

        assertThat(fit.lambda()).isCloseTo(100, within(1e-6));
        assertThat(fit.throughput(8)).isCloseTo(800, within(1e-3));
    }

    @Test
    void bothEndsOfTheAnswersAtThreeSizesGiveABandAsWideAsTheAnswers() {
        List<Point> points = List.of(
                new Point(1, 198),
                new Point(1, 206),
                new Point(2, 396),
                new Point(2, 412),
                new Point(4, 792),
                new Point(4, 824));

        ScalabilityFit fit = ScalabilityFit.of(points).orElseThrow();

        assertThat(fit.lambda()).isCloseTo(202, within(0.5));
        assertThat(fit.degreesOfFreedom()).isEqualTo(3);
        assertThat(fit.band(4).low()).isBetween(750.0, 807.9);
        assertThat(fit.band(4).high()).isBetween(808.1, 866.0);
    }

    @Test
    void twoSizesAreTooFewHoweverOftenTheyWereMeasured() {
        assertThat(ScalabilityFit.of(List.of(
                        new Point(1, 100), new Point(1, 101), new Point(1, 99), new Point(2, 190), new Point(2, 191))))
                .isEmpty();
    }

    @Test
    void fourPointsAreTooFew() {
        assertThat(ScalabilityFit.of(
                        List.of(new Point(1, 100), new Point(2, 190), new Point(3, 270), new Point(4, 340))))
                .isEmpty();
    }

    @Test
    void aPointWithoutThroughputIsRefused() {
        assertThatThrownBy(() -> new Point(1, Double.NaN))
                .hasMessage("scalability: N and throughput must be finite and > 0, were 1.0 and NaN");
    }
}
