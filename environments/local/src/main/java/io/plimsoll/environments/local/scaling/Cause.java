package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Why a group acts, in Auto Scaling's words. */
final class Cause {
    private Cause() {}

    /** A group was made. */
    static String created(Instant at, int desired) {
        return "At " + second(at)
                + " a user request created an AutoScalingGroup changing the desired capacity from 0 to " + desired
                + ".";
    }

    /** An alarm has changed the desired capacity. */
    static String alarm(Instant at, String alarm, String policy, int from, int to) {
        return "At " + second(at) + " a monitor alarm " + alarm + " in state ALARM triggered policy " + policy
                + " changing the desired capacity from " + from + " to " + to + ".";
    }

    /** An instance is launched because fewer are there than wanted. */
    static String increase(String decision, Instant at, int from, int to) {
        return decision + "  At " + second(at)
                + " an instance was started in response to a difference between desired and actual capacity, increasing"
                + " the capacity from " + from + " to " + to + ".";
    }

    /** An instance is launched in place of one that was lost. */
    static String replacement(Instant at) {
        return "At " + second(at)
                + " an instance was launched in response to an unhealthy instance needing to be replaced.";
    }

    /** Instances end because more are there than wanted. */
    static String decrease(String decision, Instant at, int from, int to, List<String> selected) {
        StringBuilder cause = new StringBuilder(decision)
                .append("  At ")
                .append(second(at))
                .append(" an instance was taken out of service in response to a difference between desired and actual"
                        + " capacity, shrinking the capacity from ")
                .append(from)
                .append(" to ")
                .append(to)
                .append('.');
        for (String id : selected) {
            cause.append("  At ")
                    .append(second(at))
                    .append(" instance ")
                    .append(id)
                    .append(" was selected for termination.");
        }
        return cause.toString();
    }

    /** The load balancer's health checks have failed. */
    static String unhealthyTarget(Instant at) {
        return "At " + second(at)
                + " an instance was taken out of service in response to an ELB system health check failure.";
    }

    /** The instance itself has ended. */
    static String endedInstance(Instant at) {
        return "At " + second(at)
                + " an instance was taken out of service in response to an EC2 health check indicating it"
                + " has been terminated or stopped.";
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
