package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.TargetView.Health;

/**
 * Health of a target and why, and how many checks in a row have spoken against it. An immutable state machine: a new
 * target is healthy after one good check, one that was unhealthy after {@code healthyThreshold}, and unhealthy after
 * {@code unhealthyThreshold} bad ones ("Health checks for your target groups", Elastic Load Balancing user guide).
 *
 * @param health ELBv2 state
 * @param reason ELBv2 reason code; empty when healthy
 * @param description one sentence; empty when healthy
 * @param contrary checks in a row whose result was not what {@code health} says
 */
public record HealthState(Health health, String reason, String description, int contrary) {
    /** Just registered. */
    public static final HealthState REGISTERED =
            new HealthState(Health.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress", 0);
    /** Taken out. */
    public static final HealthState DRAINING = new HealthState(
            Health.DRAINING, "Target.DeregistrationInProgress", "Target deregistration is in progress", 0);

    private static final HealthState HEALTHY = new HealthState(Health.HEALTHY, "", "", 0);

    /**
     * Result of one check.
     *
     * @param passed whether it was answered with 200 in time
     * @param reason ELBv2 reason code of a failure; empty if it passed
     * @param description one sentence on a failure; empty if it passed
     */
    public record Check(boolean passed, String reason, String description) {
        public static final Check PASSED = new Check(true, "", "");
    }

    /** State after a check. A draining target stays so. */
    public HealthState after(Check check, int healthyThreshold, int unhealthyThreshold) {
        return switch (health) {
            case INITIAL -> check.passed() ? HEALTHY : initial(check, unhealthyThreshold);
            case HEALTHY -> check.passed() ? HEALTHY : failing(check, unhealthyThreshold);
            case UNHEALTHY -> check.passed() ? recovering(healthyThreshold) : unhealthy(check);
            case DRAINING, UNUSED -> this;
        };
    }

    private HealthState initial(Check check, int unhealthyThreshold) {
        return contrary + 1 >= unhealthyThreshold
                ? unhealthy(check)
                : new HealthState(
                        Health.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress", contrary + 1);
    }

    private HealthState failing(Check check, int unhealthyThreshold) {
        return contrary + 1 >= unhealthyThreshold
                ? unhealthy(check)
                : new HealthState(Health.HEALTHY, "", "", contrary + 1);
    }

    private HealthState recovering(int healthyThreshold) {
        return contrary + 1 >= healthyThreshold
                ? HEALTHY
                : new HealthState(Health.UNHEALTHY, reason, description, contrary + 1);
    }

    private static HealthState unhealthy(Check check) {
        return new HealthState(Health.UNHEALTHY, check.reason(), check.description(), 0);
    }
}
