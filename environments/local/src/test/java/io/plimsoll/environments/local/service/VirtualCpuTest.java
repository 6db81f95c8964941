package io.plimsoll.environments.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VirtualCpuTest {
    private static final Duration COST = Duration.ofNanos(100);
    private static final Duration LIMIT = Duration.ofNanos(200);

    private long now = 1_000;

    private VirtualCpu cpu(double vcpus) {
        return new VirtualCpu(vcpus, LIMIT, () -> now);
    }

    @Test
    void idleItDoesWorkAtOnce() {
        assertThat(cpu(1).admit(COST)).hasValue(100);
    }

    @Test
    void workWaitsForTheWorkBeforeIt() {
        VirtualCpu cpu = cpu(1);

        cpu.admit(COST);

        assertThat(cpu.admit(COST)).hasValue(200);
    }

    @Test
    void twoVcpusTakeHalfTheTime() {
        VirtualCpu cpu = cpu(2);

        cpu.admit(COST);

        assertThat(cpu.admit(COST)).hasValue(100);
    }

    @Test
    void workThatWouldWaitExactlyTheLimitIsTakenAndTheNextIsRefused() {
        VirtualCpu cpu = cpu(1);
        cpu.admit(COST);
        cpu.admit(COST);

        assertThat(cpu.admit(COST)).hasValue(300);
        assertThat(cpu.admit(COST)).isEmpty();
    }

    @Test
    void refusedWorkDoesNotCountAsBusy() {
        VirtualCpu cpu = cpu(1);
        for (int i = 0; i < 10; i++) {
            cpu.admit(COST);
        }

        now += 1_000;

        assertThat(cpu.busyNanos()).isEqualTo(300);
    }

    @Test
    void busyTimeGrowsAsTheClockDoesAndNotWhenIdle() {
        VirtualCpu cpu = cpu(1);
        cpu.admit(COST);
        cpu.admit(COST);

        assertThat(cpu.busyNanos()).isZero();
        now += 150;
        assertThat(cpu.busyNanos()).isEqualTo(150);
        now += 150;
        assertThat(cpu.busyNanos()).isEqualTo(200);
    }

    @Test
    void noVcpuIsRefused() {
        assertThatThrownBy(() -> cpu(Double.NaN)).hasMessage("virtual CPU: vcpus must be > 0, was NaN");
    }
}
