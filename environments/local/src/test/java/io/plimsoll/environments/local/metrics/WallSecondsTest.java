package io.plimsoll.environments.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallSecondsTest {
    private final WallSeconds seconds = new WallSeconds(Instant.parse("2026-01-01T00:00:00.300Z"));

    private Instant ended(String now) {
        return seconds.ended(Instant.parse(now));
    }

    @Test
    void eachSecondIsNamedOnceAlthoughTheTimerIsEarlyOrLate() {
        assertThat(ended("2026-01-01T00:00:00.999Z")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(ended("2026-01-01T00:00:02.900Z")).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(ended("2026-01-01T00:00:03.001Z")).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void itFollowsAClockThatWasSet() {
        assertThat(ended("2026-01-01T01:00:00.002Z")).isEqualTo("2026-01-01T00:59:59Z");
    }

    @Test
    void theEndOfASecondIsAtMostASecondAway() {
        assertThat(WallSeconds.millisToEnd(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(1_000);
        assertThat(WallSeconds.millisToEnd(Instant.parse("2026-01-01T00:00:00.999Z")))
                .isEqualTo(1);
    }
}
