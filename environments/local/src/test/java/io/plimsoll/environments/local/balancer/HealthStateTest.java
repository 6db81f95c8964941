package io.plimsoll.environments.local.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.balancer.HealthState.Check;
import io.plimsoll.environments.local.estate.TargetView.Health;
import org.junit.jupiter.api.Test;

class HealthStateTest {
    private static final Check FAILED = new Check(false, "Target.Timeout", "Request timed out");

    /** State after checks, each {@code +} or {@code -}, with 3 successes to recover and 2 failures to be unhealthy. */
    private static HealthState after(String checks) {
        HealthState state = HealthState.REGISTERED;
        for (int i = 0; i < checks.length(); i++) {
            state = state.after(checks.charAt(i) == '+' ? Check.PASSED : FAILED, 3, 2);
        }
        return state;
    }

    @Test
    void aNewTargetIsHealthyAfterOneGoodCheck() {
        assertThat(after("").health()).isEqualTo(Health.INITIAL);
        assertThat(after("").reason()).isEqualTo("Elb.RegistrationInProgress");
        assertThat(after("-").health()).isEqualTo(Health.INITIAL);
        assertThat(after("-").reason()).isEqualTo("Elb.InitialHealthChecking");
        assertThat(after("-+").health()).isEqualTo(Health.HEALTHY);
        assertThat(after("-+").reason()).isEmpty();
    }

    @Test
    void failuresInARowMakeItUnhealthy() {
        assertThat(after("+-").health()).isEqualTo(Health.HEALTHY);
        assertThat(after("+-+-").health()).isEqualTo(Health.HEALTHY);
        assertThat(after("+--")).isEqualTo(new HealthState(Health.UNHEALTHY, "Target.Timeout", "Request timed out", 0));
        assertThat(after("--").health()).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void successesInARowMakeItHealthyAgain() {
        assertThat(after("--++").health()).isEqualTo(Health.UNHEALTHY);
        assertThat(after("--++-++").health()).isEqualTo(Health.UNHEALTHY);
        assertThat(after("--+++").health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aDrainingTargetStaysSo() {
        assertThat(HealthState.DRAINING.after(Check.PASSED, 1, 1)).isEqualTo(HealthState.DRAINING);
    }
}
