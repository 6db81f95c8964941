package io.plimsoll.results.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0 s, PT0S",
        "1 us, PT0.000001S",
        "0.5 us, PT0.0000005S",
        "500 ms, PT0.5S",
        "1.5 s, PT1.5S",
        "1.5s, PT1.5S",
        "' 7   min ', PT7M",
        "2 h, PT2H",
        "30 d, PT720H",
        "106751 d, PT2562024H"
    })
    void readsAsPeopleWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "-1 s", "+1 s", "1,5 s", "1. s", ".5 s", "1e3 s", "5 sec", "5 m", "5 S", "NaN s"})
    void anythingElseIsNoDuration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNoDuration() {
        assertThat(Durations.parse("9223372036854775.807 us")).contains(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(Durations.parse("9223372036854775.808 us")).isEmpty();
        assertThat(Durations.parse("1000000 d")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.0000005S, 0.5 us",
        "PT0.000001S, 1 us",
        "PT0.000999999S, 1 ms",
        "PT0.000999S, 999 us",
        "PT0.312456789S, 312.457 ms",
        "PT0.999S, 999 ms",
        "PT0.9999996S, 1 s",
        "PT1S, 1 s",
        "PT59.999S, 59.999 s",
        "PT60S, 1 min",
        "PT90S, 1.5 min",
        "PT100S, 100 s",
        "PT83.217S, 83.217 s",
        "PT420S, 7 min",
        "PT3725S, 3725 s",
        "PT5400S, 1.5 h",
        "PT6000S, 100 min",
        "PT24H, 1 d",
        "PT100H, 100 h",
        "PT-0.005S, -5 ms",
        "PT-90S, -1.5 min"
    })
    void printsInTheLargestUnitThatSuits(Duration duration, String text) {
        assertThat(Durations.print(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wholeMillisecondsArePrintedExactly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Duration duration = Duration.ofMillis(random.nextInt(1 << (1 + random.nextInt(30))));
            assertThat(Durations.parse(Durations.print(duration))).contains(duration);
        }
    }
}
