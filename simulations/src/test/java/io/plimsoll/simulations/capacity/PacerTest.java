package io.plimsoll.simulations.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final Pacer pacer = new Pacer(10);

    /** Offsets of the users that start before a time, in milliseconds. */
    private List<Long> until(Duration end) {
        List<Long> offsets = new ArrayList<>();
        for (long at = pacer.next().orElseThrow();
                at < end.toNanos();
                at = pacer.next().orElseThrow()) {
            offsets.add(at / 1_000_000);
        }
        return offsets;
    }

    @Test
    void idlesUntilAStretchIsOrdered() {
        assertThat(until(Duration.ofMillis(500))).containsExactly(0L, 100L, 200L, 300L, 400L);
    }

    @Test
    void startsUsersEvenlyAtTheRateThatWasOrdered() {
        pacer.order(4, Duration.ofSeconds(2));

        assertThat(until(Duration.ofSeconds(2))).containsExactly(0L, 250L, 500L, 750L, 1000L, 1250L, 1500L, 1750L);
        assertThat(pacer.finished()).contains(new Pacer.Stretch(4, Duration.ZERO, Duration.ofSeconds(2), true));
    }

    @Test
    void anOrderedStretchIsNotFinishedBeforeItsEndWasAskedFor() {
        pacer.order(4, Duration.ofSeconds(2));
        assertThat(pacer.finished()).isEmpty();
        until(Duration.ofSeconds(1));

        assertThat(pacer.finished()).isEmpty();
    }

    @Test
    void stretchesFollowEachOtherWithoutGaps() {
        pacer.order(5, Duration.ofSeconds(1));
        until(Duration.ofMillis(1_500));
        pacer.order(20, Duration.ofSeconds(1));
        until(Duration.ofSeconds(4));

        List<Pacer.Stretch> stretches = pacer.stretches();
        assertThat(stretches.stream().map(Pacer.Stretch::perSecond)).containsExactly(5.0, 10.0, 20.0, 10.0);
        for (int i = 1; i < stretches.size(); i++) {
            assertThat(stretches.get(i).from()).isEqualTo(stretches.get(i - 1).to());
        }
    }

    @Test
    void anotherIdleRateHoldsFromTheNextPauseOn() {
        pacer.idle(2);
        pacer.order(10, Duration.ofSeconds(1));
        until(Duration.ofSeconds(3));

        assertThat(pacer.stretches().get(1).perSecond()).isEqualTo(2);
    }

    @Test
    void noUserStartsAfterTheEnd() {
        pacer.next();
        pacer.end();

        assertThat(pacer.next()).isEmpty();
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThatThrownBy(() -> pacer.order(Double.NaN, Duration.ofSeconds(1)))
                .hasMessage("rate must be finite and > 0, was NaN");
        assertThatThrownBy(() -> new Pacer(0)).hasMessage("rate must be finite and > 0, was 0.0");
    }
}
