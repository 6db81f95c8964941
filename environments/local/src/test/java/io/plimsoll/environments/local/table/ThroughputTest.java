package io.plimsoll.environments.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    private long nanos;

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private int admitted(Throughput throughput, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            if (throughput.admits()) {
                throughput.take(1);
                admitted++;
            }
        }
        return admitted;
    }

    @Test
    void aSecondsUnitsAreThereAtFirstAndEachFurtherSecondBringsAsMany() {
        Throughput throughput = new Throughput(10, Duration.ofSeconds(5), () -> nanos);
        assertThat(admitted(throughput, 20)).isEqualTo(10);
        pass(Duration.ofMillis(500));
        assertThat(admitted(throughput, 20)).isEqualTo(5);
    }

    @Test
    void whatIsNotUsedIsKeptUpToTheBurst() {
        Throughput throughput = new Throughput(10, Duration.ofSeconds(5), () -> nanos);
        pass(Duration.ofMinutes(1));
        assertThat(admitted(throughput, 200)).isEqualTo(50);
    }

    @Test
    void aRequestMayTakeMoreThanIsLeftAndTheNextWaitUntilThatIsMadeUpFor() {
        Throughput throughput = new Throughput(10, Duration.ofSeconds(5), () -> nanos);
        assertThat(throughput.admits()).isTrue();
        throughput.take(30);
        pass(Duration.ofMillis(1_900));
        assertThat(throughput.admits()).isFalse();
        pass(Duration.ofMillis(200));
        assertThat(throughput.admits()).isTrue();
    }

    @Test
    void provisioningLessLosesWhatMayNotBeKept() {
        Throughput throughput = new Throughput(100, Duration.ofSeconds(5), () -> nanos);
        pass(Duration.ofMinutes(1));
        throughput.provision(2);
        assertThat(admitted(throughput, 100)).isEqualTo(10);
        assertThat(throughput.unitsPerSecond()).isEqualTo(2);
    }

    @Test
    void aTableHasUnitsOfBothKinds() {
        assertThatThrownBy(() -> new TableSettings("plimsoll-values", "us-east-1", 5, 0, Duration.ofSeconds(5)))
                .hasMessage("plimsoll-values: capacity units must be > 0, were 5 for reads, 0 for writes");
    }
}
