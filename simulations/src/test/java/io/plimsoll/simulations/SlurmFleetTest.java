package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A real Slurm of four nodes runs a gang of four injectors. */
@EnabledIf(
        value = "slurmIsInstalled",
        disabledReason = "needs root and the programs of the packages slurm-wlm and munge")
class SlurmFleetTest {
    static boolean slurmIsInstalled() {
        return SlurmCluster.isPossible();
    }

    /** Begun by the first test, and so only where there are some. */
    private static final class Started {
        private static final SlurmCluster SLURM = new SlurmCluster();
        private static final FleetGround GROUND = new FleetGround();
    }

    @AfterAll
    static void stop() {
        Started.GROUND.close();
        Started.SLURM.close();
    }

    private static FleetGround.Going run() {
        return Started.GROUND.run("slurm", Started.SLURM.variables());
    }

    /** A lost daemon is not a lost injector: what it had started goes on and publishes. */
    @Test
    void aGangIsMergedExactlyThoughANodesDaemonDiesMeanwhile() throws InterruptedException {
        try (FleetGround.Going run = run()) {
            run.awaitUsers(200);
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
            Started.GROUND.assertWhole(run.evidence());
        }
    }

    @Test
    void anInjectorThatIsKilledMakesTheRunInvalidAndIsNamed() throws InterruptedException {
        try (FleetGround.Going run = run()) {
            run.awaitUsers(200);
            assertThat(run.injector(2).destroyForcibly()).isTrue();
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.said())
                    .contains("Injector 2 ended with exit code 137")
                    .contains("VERDICT: INVALID");
            assertThat(FleetGround.verdict(run.evidence()))
                    .contains("injector 2: published nothing; exit code 137 (killed by signal 9)");
        }
    }
}
