package io.plimsoll.simulations.injector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.run.RunFacts.InjectorHealth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InjectorMonitorTest {
    @Test
    void beforeItsFirstReadingNothingIsClaimed() {
        try (InjectorMonitor monitor = InjectorMonitor.start()) {
            assertThat(monitor.health()).isEmpty();
        }
    }

    @Test
    void aBusyProcessShowsInItsReading() {
        try (InjectorMonitor monitor = InjectorMonitor.start()) {
            Optional<InjectorHealth> health = Optional.empty();
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (health.isEmpty() && System.nanoTime() < deadline) {
                health = monitor.health(); // busy on purpose: this thread burns one core until the first reading
            }

            InjectorHealth seen = health.orElseThrow();
            assertThat(seen.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
            assertThat(seen.cpuRatioMean()).isBetween(0.2 / seen.cores(), 1.0);
            assertThat(seen.cpuRatioMax()).isBetween(seen.cpuRatioMean(), 1.0);
            assertThat(seen.hostCpuRatioMean()).isBetween(0.0, 1.0);
            assertThat(seen.schedulingDelayMaxMillis()).isGreaterThanOrEqualTo(seen.schedulingDelayP99Millis());
        }
    }
}
