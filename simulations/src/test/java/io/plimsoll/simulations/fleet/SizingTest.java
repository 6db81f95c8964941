package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SizingTest {
    /** 31 CPU-s for 100,000 requests, as measured for Gatling. */
    private static final Calibration MEASURED = new Calibration(100_000, 31);

    @Test
    void fortyThousandRequestsASecondNeedSixInjectorsOfFourCores() {
        Sizing sizing = new Sizing(MEASURED, 40_000, 4);
        assertThat(sizing.busyCores()).isEqualTo(12.4);
        assertThat(sizing.needed()).isEqualTo(6);
        assertThat(sizing.refusal(6)).isEmpty();
        assertThat(sizing.refusal(5))
                .contains(
                        "5 of 4 cores would be busy for 62 % of them at 40000 requests/s, must be at most 60 %; at least 6"
                                + " are needed");
    }

    @Test
    void exactlySixtyPercentAreAllowed() {
        Sizing sizing = new Sizing(new Calibration(1000, 0.6), 1000, 1);
        assertThat(sizing.needed()).isEqualTo(1);
        assertThat(new Sizing(new Calibration(1000, 0.6), 1001, 1).needed()).isEqualTo(2);
    }

    @Test
    void thePlanIsSaidInThreeLines() {
        assertThat(new Sizing(MEASURED, 40_000, 4).describe().lines())
                .containsExactly(
                        "measured   100000 requests used 31.0 s of CPU: 0.31 s for 1,000 (a cold JVM's start included)",
                        "target     40000 requests/s keep 12.4 cores busy",
                        "injectors  6 of 4 cores, each busy for 52 % of them (at most 60 %)");
    }

    @Test
    void nothingMeasuredIsNoCalibration() {
        assertThatThrownBy(() -> new Calibration(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calibration: must be of requests and CPU time > 0, was of 0 and 1.0 s");
        assertThatThrownBy(() -> new Sizing(MEASURED, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
