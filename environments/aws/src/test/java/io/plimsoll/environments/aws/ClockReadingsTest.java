package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReadingsTest {
    private static final Instant SENT = Instant.parse("2026-11-24T10:00:00.200Z");

    private final ClockReadings readings = new ClockReadings();

    /** An answer of a clock that is ahead of ours, read in the middle of the round trip. */
    private void answer(String service, Instant sent, long roundTripMillis, long aheadMillis) {
        Instant theirs = sent.plusMillis(roundTripMillis / 2 + aheadMillis);
        readings.add(service, sent, sent.plusMillis(roundTripMillis), theirs.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void withoutAnAnswerTheOffsetIsNotKnown() {
        assertThat(readings.offset()).isEmpty();
    }

    @Test
    void oneAnswerIsGoodForHalfItsRoundTripAndHalfASecond() {
        answer("rds", SENT, 100, 0);
        // The header says 10:00:00; it was written between 10:00:00.200 and .300 of our clock: offset in [-300, 800).
        assertThat(readings.offset()).contains(new ClockOffset(250, 550));
    }

    @ParameterizedTest
    @ValueSource(longs = {90_000, -90_000, 0, 1, -1, 499})
    void severalAnswersNarrowTheOffset(long ahead) {
        Random random = new Random(7);
        Instant sent = SENT;
        for (int i = 0; i < 200; i++) {
            answer("rds", sent, 4, ahead);
            sent = sent.plusMillis(37 + random.nextInt(900));
        }
        ClockOffset offset = readings.offset().orElseThrow();
        assertThat(offset.errorMillis()).isLessThan(30);
        assertThat(offset.millis()).isBetween(ahead - offset.errorMillis(), ahead + offset.errorMillis());
    }

    @Test
    void servicesWhoseClocksDifferWidenItToCoverAll() {
        answer("rds", SENT, 0, 0); // offset in [-200, 800]
        answer("ec2", SENT, 0, 5_000); // offset in [4800, 5800]
        assertThat(readings.offset()).contains(new ClockOffset(2800, 3000));
    }

    @Test
    void aClockThatIsSetMeanwhileWidensItToCoverBothTimes() {
        answer("rds", SENT, 0, 0);
        answer("rds", SENT.plusSeconds(60), 0, -5_000); // offset in [-5200, -4200]
        assertThat(readings.offset()).contains(new ClockOffset(-2200, 3000));
    }

    @Test
    void anAnswerBeforeItsRequestSaysNothing() {
        readings.add("rds", SENT, SENT.minusMillis(1), SENT);
        assertThat(readings.offset()).isEmpty();
    }
}
