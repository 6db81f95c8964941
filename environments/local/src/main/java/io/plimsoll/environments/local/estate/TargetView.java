package io.plimsoll.environments.local.estate;

/**
 * A registered target of a target group.
 *
 * @param targetGroup name of the group
 * @param instanceId the instance
 * @param port its port
 * @param zone its zone
 * @param health ELBv2 target health state
 * @param reason ELBv2 reason code, such as {@code Elb.InitialHealthChecking} or {@code Target.ResponseCodeMismatch};
 *     empty when healthy
 * @param description one sentence for a person; empty when healthy
 */
public record TargetView(
        String targetGroup,
        String instanceId,
        int port,
        String zone,
        Health health,
        String reason,
        String description) {
    /** ELBv2's target health states. */
    public enum Health {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        DRAINING,
        UNUSED
    }
}
