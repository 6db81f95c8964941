package io.plimsoll.assertions.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesignEffectTest {
    private static final int SECONDS = 400;
    private static final int PER_SECOND = 25;

    @Test
    void independentRequestsAreWorthWhatTheyAre() {
        Random random = new Random(3);

        double worth = worth(second -> (double) IntStream.range(0, PER_SECOND)
                .filter(request -> random.nextInt(20) == 0)
                .count());

        assertThat(worth).isBetween(0.75 * SECONDS * PER_SECOND, 1.0 * SECONDS * PER_SECOND);
    }

    /** If a second's requests all share one fate, they are worth one (Kish: 1 + (m − 1) ρ with ρ = 1). */
    @Test
    void requestsThatShareTheirSecondsFateAreWorthOneEach() {
        Random random = new Random(4);

        double worth = worth(second -> random.nextInt(4) == 0 ? PER_SECOND : 0);

        assertThat(worth).isCloseTo(SECONDS, within(0.25 * SECONDS));
    }

    /** An AR(1) chain with correlation ρ is worth (1 − ρ) / (1 + ρ) of its length: a tenth for states that last ten seconds or so. */
    @Test
    void secondsThatShareTheirNeighboursFateAreWorthLess() {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            boolean[] slow = {random.nextBoolean()};
            sum += worth(second -> {
                slow[0] = random.nextInt(10) == 0 ? !slow[0] : slow[0];
                return slow[0] ? PER_SECOND : 0;
            });
        }

        // Staying with 0.9 gives a correlation of 0.8 from second to second: 0.2 / 1.8 of the seconds.
        assertThat(sum / 20).isCloseTo(SECONDS / 9.0, within(0.5 * SECONDS / 9.0));
    }

    @Test
    void whatNeverVariesOrIsTooShortIsTakenAsItIs() {
        assertThat(worth(second -> 0)).isEqualTo(SECONDS * PER_SECOND);
        assertThat(worth(second -> PER_SECOND)).isEqualTo(SECONDS * PER_SECOND);
        assertThat(DesignEffect.effectiveTrials(
                        new double[] {5, 0, 5, 0, 5, 0, 5, 0, 5}, new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5}, 0.95))
                .isEqualTo(45);
    }

    private static double worth(IntToDoubleFunction hits) {
        double[] trials = new double[SECONDS];
        Arrays.fill(trials, PER_SECOND);
        return DesignEffect.effectiveTrials(
                IntStream.range(0, SECONDS).mapToDouble(hits).toArray(), trials, 0.95);
    }
}
