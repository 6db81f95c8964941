package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.simulations.FleetGround.Going;
import io.plimsoll.simulations.FleetGround.Size;
import io.plimsoll.simulations.fleet.ObjectStoreProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Several injectors load one stack. */
class FleetRunTest {
    private static final FleetGround GROUND = new FleetGround();
    private static final ObjectStoreProcess STORE = new ObjectStoreProcess();

    /** Enough to know that load flows. */
    private static final int SOME_USERS = 50;

    @AfterAll
    static void stop() {
        GROUND.close();
        STORE.close();
    }

    /** Ends an injector of two in mid-run; what that leads to is the same whoever has started it. */
    private static void assertThatAKilledInjectorMakesTheRunInvalidAndIsNamed(Going run) throws InterruptedException {
        run.awaitUsers(SOME_USERS);
        assertThat(run.injector(1).destroyForcibly()).isTrue();
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.said())
                .contains("Injector 1 ended with exit code 137: the run is void, the others are ended")
                .contains("VERDICT: INVALID");
        assertThat(FleetGround.verdict(run.evidence()))
                .contains("injector 1: published nothing; exit code 137 (killed by signal 9)");
        assertThat(FleetGround.published(run.evidence(), 1)).isEmpty();
    }

    /** They are processes of this machine. */
    @Nested
    class OfThisMachine {
        private static Going run(Size size, String... options) {
            return GROUND.run(size, "local", Map.of(), options);
        }

        /** They share no directory: what they publish goes through an object store. */
        @Test
        void fourInjectorsSendWhatOneWouldAndAreMergedExactly() throws InterruptedException {
            try (Going run = GROUND.run(Size.FOUR, "local", STORE.variables(), "--results=" + STORE.place("nightly"))) {
                int exitCode = run.exitCode();
                assertThat(run.said())
                        .contains("Asked for 4 injectors: 4 processes of this machine")
                        .contains("there is no --calibration")
                        .contains("VERDICT: ");
                GROUND.assertWhole(run.evidence());
                // Whether it passes depends on the machine, which may be busy; that injectors are missing does not.
                assertThat(exitCode).isIn(0, 2, 3, 4);
                assertThat(FleetGround.verdict(run.evidence()))
                        .doesNotContain("injector 0")
                        .contains("requests, 480 users");
                FleetGround.assertJudgedAlike(run.evidence(), Size.FOUR);
                FleetGround.assertPlannedFrom(run.evidence());
                FleetGround.assertNowhere(STORE.secrets(), run.evidence(), run.said());
            }
        }

        @Test
        void loadBeyondTheDescriptorsBoundsIsRefusedBeforeAnInjectorStarts() throws InterruptedException {
            try (Going run = run(Size.TWO, "-Dprofile=spike")) {
                assertThat(run.exitCode()).isEqualTo(64);
                assertThat(run.said())
                        .contains("plimsoll: load is not allowed:\n  load.max-requests-per-second: must be at most 40"
                                + " requests/s, profile 'spike' peaks at 120 requests/s")
                        .doesNotContain("Asked for");
            }
        }

        @Test
        void aCoordinatorThatIsKilledLeavesNoInjectorBehind() throws Exception {
            try (Going run = run(Size.TWO)) {
                run.awaitUsers(SOME_USERS);
                List<ProcessHandle> injectors =
                        IntStream.range(0, 2).mapToObj(run::injector).toList();
                run.kill();
                for (ProcessHandle injector : injectors) {
                    assertThat(injector.onExit().get(2, TimeUnit.MINUTES)).isEqualTo(injector);
                }
            }
        }

        @Test
        void anInjectorThatIsKilledMakesTheRunInvalidAndIsNamed() throws InterruptedException {
            try (Going run = run(Size.TWO)) {
                assertThatAKilledInjectorMakesTheRunInvalidAndIsNamed(run);
                assertThat(FleetGround.published(run.evidence(), 0)).isPresent();
            }
        }
    }

    /** A real Slurm of four nodes starts them as a gang. */
    @Nested
    @EnabledIf(
            value = "slurmIsInstalled",
            disabledReason = "needs root and the programs of the packages slurm-wlm and munge")
    class OfSlurm {
        static boolean slurmIsInstalled() {
            return SlurmCluster.isPossible();
        }

        /** Begun by the first test, and so only where there are some. */
        private static final class Started {
            private static final SlurmCluster SLURM = new SlurmCluster();
        }

        @AfterAll
        static void stop() {
            Started.SLURM.close();
        }

        private static Going run(Size size) {
            return GROUND.run(size, "slurm", Started.SLURM.variables());
        }

        /** Nodes that share no directory: T0 and what injectors publish go through an object store. */
        private static Going runApart(Size size) {
            Map<String, String> variables = new HashMap<>(Started.SLURM.variables());
            variables.putAll(STORE.variables());
            return GROUND.run(size, "slurm", variables, "--results=" + STORE.place("slurm"));
        }

        /** A lost daemon is not a lost injector: what it had started goes on and publishes. */
        @Test
        void aGangIsMergedExactlyThoughANodesDaemonDiesMeanwhile() throws InterruptedException {
            try (Going run = run(Size.FOUR)) {
                run.awaitUsers(SOME_USERS);
                Started.SLURM.killDaemonOfNode(3);
                try {
                    run.exitCode();
                    Started.SLURM.await(
                            "the node to be down",
                            () -> Started.SLURM.nodes().get(3).startsWith("down"));
                } finally {
                    Started.SLURM.restartDaemonOfNode(3);
                }
                assertThat(run.said()).containsPattern("Asked for 4 injectors: Slurm job \\d+\n");
                GROUND.assertWhole(run.evidence());
            }
        }

        @Test
        void anInjectorThatIsKilledMakesTheRunInvalidAndIsNamed() throws InterruptedException {
            try (Going run = runApart(Size.TWO)) {
                assertThatAKilledInjectorMakesTheRunInvalidAndIsNamed(run);
            }
        }
    }
}
