package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Four injectors of this machine load one stack. */
class FleetRunTest {
    private static final FleetGround GROUND = new FleetGround();

    @AfterAll
    static void stop() {
        GROUND.close();
    }

    @Test
    void fourInjectorsSendWhatOneWouldAndAreMergedExactly() throws InterruptedException {
        try (FleetGround.Going run = GROUND.run("local", Map.of())) {
            int exitCode = run.exitCode();
            assertThat(run.said())
                    .contains("Asked for 4 injectors: 4 processes of this machine")
                    .contains("VERDICT: ");
            GROUND.assertWhole(run.evidence());
            // Whether it passes depends on the machine, which may be busy; that injectors are missing does not.
            assertThat(exitCode).isIn(0, 2, 3, 4);
            assertThat(FleetGround.verdict(run.evidence()))
                    .doesNotContain("injector 0")
                    .contains("requests, 800 users");
        }
    }

    @Test
    void loadBeyondTheDescriptorsBoundsIsRefusedBeforeAnInjectorStarts() throws InterruptedException {
        try (FleetGround.Going run = GROUND.run("local", Map.of(), "-Dprofile=spike")) {
            assertThat(run.exitCode()).isEqualTo(64);
            assertThat(run.said())
                    .contains(
                            "plimsoll: load is not allowed:\n  load.max-requests-per-second: must be at most 40 requests/s,"
                                    + " profile 'spike' peaks at 120 requests/s")
                    .doesNotContain("Asked for");
        }
    }

    @Test
    void aCoordinatorThatIsKilledLeavesNoInjectorBehind() throws Exception {
        try (FleetGround.Going run = GROUND.run("local", Map.of())) {
            run.awaitUsers(50);
            List<ProcessHandle> injectors = IntStream.range(0, FleetGround.INJECTORS)
                    .mapToObj(run::injector)
                    .toList();
            run.kill();
            for (ProcessHandle injector : injectors) {
                assertThat(injector.onExit().get(2, TimeUnit.MINUTES)).isEqualTo(injector);
            }
        }
    }

    @Test
    void anInjectorThatIsKilledMakesTheRunInvalidAndIsNamed() throws InterruptedException {
        try (FleetGround.Going run = GROUND.run("local", Map.of())) {
            run.awaitUsers(200);
            assertThat(run.injector(2).destroyForcibly()).isTrue();
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.said())
                    .contains("Injector 2 ended with exit code 137: the run is void, the others are ended")
                    .contains("VERDICT: INVALID");
            assertThat(FleetGround.verdict(run.evidence()))
                    .contains("injector 2: published nothing; exit code 137 (killed by signal 9)");
            assertThat(FleetGround.published(run.evidence(), 2)).isEmpty();
            assertThat(FleetGround.published(run.evidence(), 1)).isPresent();
        }
    }
}
