package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Sentences of a scaling activity's Cause, as Auto Scaling words them. */
final class Causes {
    private Causes() {}

    /** Why the desired capacity changed: the policy's alarm. */
    static String alarm(Instant at, String alarm, String policy, int from, int to) {
        return time(at) + " a monitor alarm " + alarm + " in state ALARM triggered policy " + policy
                + " changing the desired capacity from " + from + " to " + to + ".";
    }

    /** Why the desired capacity is what it is: the group was made so. */
    static String created(Instant at, int desired) {
        return time(at) + " a user request created an AutoScalingGroup changing the desired capacity from 0 to "
                + desired + ".";
    }

    static String started(Instant at, int from, int to) {
        return time(at) + " an instance was started in response to a difference between desired and actual capacity,"
                + " increasing the capacity from " + from + " to " + to + ".";
    }

    static String takenOut(Instant at, int from, int to, String instance) {
        return time(at) + " an instance was taken out of service in response to a difference between desired and"
                + " actual capacity, shrinking the capacity from " + from + " to " + to + ".  " + time(at)
                + " instance " + instance + " was selected for termination.";
    }

    static String failedBalancerCheck(Instant at) {
        return time(at) + " an instance was taken out of service in response to an ELB system health check failure.";
    }

    static String ended(Instant at) {
        return time(at) + " an instance was taken out of service in response to an EC2 health check indicating it has"
                + " been terminated or stopped.";
    }

    static String replacement(Instant at) {
        return time(at) + " an instance was launched in response to an unhealthy instance needing to be replaced.";
    }

    private static String time(Instant at) {
        return "At " + at.truncatedTo(ChronoUnit.SECONDS);
    }
}
