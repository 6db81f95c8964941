package io.plimsoll.environments.local.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UplinkTest {
    private long now = 1_000;
    private final Uplink uplink = new Uplink(1_000_000, () -> now); // a byte takes 1 µs

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void aTenthOfASecondOfItsBandwidthIsSentAtOnce() {
        assertThat(uplink.send(60_000)).isZero();
        assertThat(uplink.send(40_000)).isZero();
        assertThat(uplink.drainExceeded()).isZero();
    }

    @Test
    void whatExceedsItWaitsItsTurnAndIsCountedInPackets() {
        uplink.send(100_000);

        assertThat(uplink.send(3_000)).isEqualTo(millis(3));
        assertThat(uplink.send(3_001)).isEqualTo(millis(6) + 1_000);
        assertThat(uplink.drainExceeded()).isEqualTo(2 + 3);
        assertThat(uplink.drainExceeded()).isZero();
    }

    @Test
    void creditComesBackWithTimeAndNeverMoreThanItHolds() {
        uplink.send(100_000);
        now += millis(50);
        assertThat(uplink.send(50_000)).isZero();

        now += millis(10_000);
        assertThat(uplink.send(100_000)).isZero();
        assertThat(uplink.send(1)).isPositive();
    }

    @Test
    void oneThatCarriesNothingIsRefused() {
        assertThatThrownBy(() -> new Uplink(0, () -> now)).hasMessage("uplink: bytes per second must be >= 1, was 0");
    }
}
