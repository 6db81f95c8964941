package io.plimsoll.assertions.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.assertions.ExampleRun;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.assertions.slo.Requests;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Percentiles and bounds of distributions whose percentiles are known by arithmetic. */
class KnownAnswersTest {
    private static final TimeWindow WHOLE = ExampleRun.PLAN.whole();
    private static final Requests READ = Requests.named("read");
    private static final double MEAN_MILLIS = 1_000;

    /** The quantile q of an exponential distribution is −ln(1 − q) times its mean. */
    @Test
    void theBoundsHoldTheTruePercentileAsOftenAsTheySay() {
        Random random = new Random(8);
        double[] truth = {-Math.log(0.5) * MEAN_MILLIS / 1000, -Math.log(0.05) * MEAN_MILLIS / 1000};
        int[] percents = {50, 95};
        for (int which = 0; which < truth.length; which++) {
            int aboveLower = 0;
            int belowUpper = 0;
            for (int run = 0; run < 300; run++) {
                Estimate estimate = percentile(
                        percents[which],
                        exponential(1_000, random, second -> second).build(),
                        false);
                aboveLower += estimate.lower() <= truth[which] ? 1 : 0;
                belowUpper += estimate.upper() >= truth[which] ? 1 : 0;
            }
            // 95 % of 300 are 285; three standard deviations of a binomial count below that are 274.
            assertThat(aboveLower).isGreaterThanOrEqualTo(274);
            assertThat(belowUpper).isGreaterThanOrEqualTo(274);
        }
    }

    /**
     * Seconds come in bursts that last ten seconds on average and are ten times slower: the bounds that take requests as independent
     * hold the truth much too seldom, those of steady windows do nearly as often as they say.
     */
    @Test
    void inBurstsOnlyTheBootstrapHoldsTheTruth() {
        // Half of the time at a mean of 1 s, half at 10 s: P(X > x) = (e^(−x) + e^(−x/10)) / 2 is 0.2 at 9.163 s.
        double truth = 9.163;
        int plain = 0;
        int blocks = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            Random random = new Random(run);
            RequestHistograms client = bursts(random);
            plain += holds(percentile(80, client, false), truth) ? 1 : 0;
            blocks += holds(percentile(80, client, true), truth) ? 1 : 0;
        }
        assertThat(plain).isLessThan(runs / 2);
        assertThat(blocks).isGreaterThan(runs * 3 / 4);
    }

    private static boolean holds(Estimate estimate, double truth) {
        return estimate.lower() <= truth && truth <= estimate.upper();
    }

    /**
     * 50 requests a second for 100 s, and a service that stands still for 2 s: of 5,000 requests the 100 of the freeze wait for its
     * end. So the longest takes 2 s, and the one above which 1 % lie has half of the freeze before it.
     */
    @Test
    void aFrozenServiceShowsAsArithmeticSays() {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < 5_000; i++) {
            int sent = 20 * i;
            int frozenUntil = 52_000;
            int wait = sent >= 50_000 && sent < frozenUntil ? frozenUntil - sent : 0;
            client.record("read", RequestOutcome.OK, ExampleRun.sent(0) + sent, wait + 5);
        }
        RequestHistograms built = client.build();

        assertThat(percentile(99, built, false).value()).isCloseTo(1.0, within(0.02));
        assertThat(new ClientMeter(built, ExampleRun.PLAN, 1)
                        .measure(new Expression.Longest(READ), WHOLE, terms(false))
                        .value())
                .isEqualTo(2.005);
    }

    @Test
    void aMeanLiesBetweenTheBoundsOfItsResamples() {
        Random random = new Random(5);
        RequestHistograms client = exponential(5_000, random, i -> i % 100).build();

        Estimate mean =
                new ClientMeter(client, ExampleRun.PLAN, 1).measure(new Expression.MeanTime(READ), WHOLE, terms(true));

        assertThat(mean.value()).isCloseTo(1, within(0.05));
        // One standard error is 1 s / √5000 = 14 ms; 1.645 of them are 23 ms.
        assertThat(mean.upper() - mean.value()).isCloseTo(0.023, within(0.008));
        assertThat(mean.value() - mean.lower()).isCloseTo(0.023, within(0.008));
    }

    private static RequestHistograms.Builder exponential(int count, Random random, DoubleUnaryOperator second) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        for (int i = 0; i < count; i++) {
            long sent = ExampleRun.sent(second.applyAsDouble(i) % 100);
            client.record("read", RequestOutcome.OK, sent, (int) Math.round(draw(random, MEAN_MILLIS)));
        }
        return client;
    }

    private static RequestHistograms bursts(Random random) {
        RequestHistograms.Builder client = new RequestHistograms.Builder();
        boolean slow = random.nextBoolean();
        for (int second = 0; second < 100; second++) {
            slow = random.nextInt(10) == 0 ? !slow : slow;
            for (int i = 0; i < 20; i++) {
                client.record("read", RequestOutcome.OK, ExampleRun.sent(second), (int)
                        Math.round(draw(random, slow ? 10 * MEAN_MILLIS : MEAN_MILLIS)));
            }
        }
        return client.build();
    }

    private static double draw(Random random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private static Estimate percentile(int percent, RequestHistograms client, boolean steady) {
        return new ClientMeter(client, ExampleRun.PLAN, 1)
                .measure(new Expression.Percentile(BigDecimal.valueOf(percent), READ), WHOLE, terms(steady));
    }

    private static Meter.Terms terms(boolean steady) {
        return new Meter.Terms(Optional.empty(), new Missing.AsUsual(), 0.95, steady);
    }
}
