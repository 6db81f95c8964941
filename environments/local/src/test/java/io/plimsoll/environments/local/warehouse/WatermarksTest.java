package io.plimsoll.environments.local.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Watermarks marks = new Watermarks();

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    @Test
    void anIdTellsWhenItsRowWasFirstSeen() {
        marks.note(at(0), 100);
        marks.note(at(1), 100);
        marks.note(at(2), 107);

        assertThat(marks.age(100, at(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(marks.age(101, at(5))).isEqualTo(Duration.ofSeconds(3));
        assertThat(marks.age(108, at(5))).isZero();
    }

    @Test
    void rowsAreOldOnceTheyWereSeenSoLongAgoAndNotBefore() {
        marks.note(at(0), 100);
        marks.note(at(2), 107);

        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(2))).isEmpty();
        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(3))).hasValue(100L);
        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(4))).hasValue(100L);
        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(5))).hasValue(107L);
        marks.forgetUpTo(100);
        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(4))).isEmpty();
        assertThat(marks.highestOlderThan(Duration.ofSeconds(3), at(5))).hasValue(107L);
    }
}
