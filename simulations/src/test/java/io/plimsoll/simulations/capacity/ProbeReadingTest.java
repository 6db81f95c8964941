package io.plimsoll.simulations.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ProbeReadingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CapacitySearch.Probe PROBE =
            new CapacitySearch.Probe(CapacitySearch.Kind.BISECT, 100, Duration.ofSeconds(10));
    private static final TimeWindow WINDOW = new TimeWindow(START, START.plusSeconds(10));

    private final RequestHistograms.Builder log = new RequestHistograms.Builder();

    /** A hundred requests in each of ten seconds. */
    private void answered(IntUnaryOperator millisInSecond, RequestOutcome outcome) {
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 100; i++) {
                log.record(
                        "read", outcome, START.toEpochMilli() + second * 1000L + i, millisInSecond.applyAsInt(second));
            }
        }
    }

    private ProbeReading.Seen see(TimeWindow window, boolean last) {
        RequestHistograms requests = log.build();
        return new ProbeReading(
                        List.of(SloParser.parse("p95(all) <= 500 ms"), SloParser.parse("error ratio <= 1 %")),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        () -> requests)
                .see(PROBE, window, last);
    }

    @Test
    void aRateWhoseResponsesKeepTheirLimitIsHeld() {
        answered(second -> 20, RequestOutcome.OK);

        ProbeReading.Seen seen = see(WINDOW, false);

        assertThat(seen.outcome()).isEqualTo(Outcome.PASS);
        assertThat(seen.whole()).isTrue();
        assertThat(seen.goodPerSecond()).isEqualTo(100);
    }

    @Test
    void aQueueThatGrowsSlowlyIsNotHeldThoughNoResponseMissedTheLimit() {
        answered(second -> 20 + 20 * second, RequestOutcome.OK);

        ProbeReading.Seen seen = see(WINDOW, false);

        assertThat(seen.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(seen.reason())
                .isEqualTo(
                        "response times rise by 20.0 ms a second: a hold of 30 s would see a median of 800 ms, limit 500 ms");
    }

    @Test
    void errorsAreNotHeldAndDoNotCountAsDelivered() {
        answered(second -> 1, RequestOutcome.KO);

        ProbeReading.Seen seen = see(WINDOW, false);

        assertThat(seen.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(seen.goodPerSecond()).isZero();
    }

    @Test
    void requestsThatAreNotLoggedYetAreWaitedForAndThenCountAsNotHeld() {
        log.record("read", RequestOutcome.OK, START.toEpochMilli(), 5);

        assertThat(see(WINDOW, false).whole()).isFalse();
        ProbeReading.Seen seen = see(WINDOW, true);

        assertThat(seen.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(seen.reason()).isEqualTo("999 of 1000 requests were not answered in time");
    }

    @Test
    void secondsSharedWithAnotherRateAreLeftOut() {
        assertThat(ProbeReading.wholeSeconds(new TimeWindow(START.plusMillis(300), START.plusMillis(9_700))))
                .isEqualTo(new TimeWindow(START.plusSeconds(1), START.plusSeconds(9)));
    }
}
