package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Sentences of a scaling activity's Cause, as Auto Scaling words them. */
final class Causes {
    private Causes() {}

    /** Why the desired capacity changed: the policy's alarm. */
    static String alarm(Instant at, String alarm, String policy, int from, int to) {
        return time(at) + " a monitor alarm " + alarm + " in state ALARM triggered policy " + policy
                + changing(from, to);
    }

    /** Why the desired capacity is what it is: the group was made so. */
    static String created(Instant at, int desired) {
        return time(at) + " a user request created an AutoScalingGroup" + changing(0, desired);
    }

    /** Why the desired capacity changed: SetDesiredCapacity. */
    static String requested(Instant at, int from, int to) {
        return time(at) + " a user request explicitly set group desired capacity" + changing(from, to);
    }

    /** Why the desired capacity changed: ExecutePolicy. */
    static String executed(Instant at, String policy, int from, int to) {
        return time(at) + " a user request executed policy " + policy + changing(from, to);
    }

    /** Why the desired capacity changed: UpdateAutoScalingGroup ({@code a user request}) or {@code a scheduled action}. */
    static String constrained(Instant at, String by, ScalingGroupSpec sizes, int from) {
        return time(at) + " " + by + " update of AutoScalingGroup constraints to min: " + sizes.min() + ", max: "
                + sizes.max() + ", desired: " + sizes.desired() + changing(from, sizes.desired());
    }

    private static String changing(int from, int to) {
        return " changing the desired capacity from " + from + " to " + to + ".";
    }

    static String started(Instant at, int from, int to) {
        return time(at) + " an instance was started in response to a difference between desired and actual capacity,"
                + " increasing the capacity from " + from + " to " + to + ".";
    }

    static String takenOut(Instant at, int from, int to, String instance) {
        return time(at) + " an instance was taken out of service in response to a difference between desired and"
                + " actual capacity, shrinking the capacity from " + from + " to " + to + ".  "
                + selected(at, instance);
    }

    private static String selected(Instant at, String instance) {
        return time(at) + " instance " + instance + " was selected for termination.";
    }

    static String failedBalancerCheck(Instant at) {
        return time(at) + " an instance was taken out of service in response to an ELB system health check failure.";
    }

    static String ended(Instant at) {
        return time(at) + " an instance was taken out of service in response to an EC2 health check indicating it has"
                + " been terminated or stopped.";
    }

    /** SetInstanceHealth said Unhealthy. */
    static String userHealthCheck(Instant at) {
        return time(at) + " an instance was taken out of service in response to a user health-check.";
    }

    static String replacement(Instant at) {
        return time(at) + " an instance was launched in response to an unhealthy instance needing to be replaced.";
    }

    static String refreshed(Instant at, String instance) {
        return time(at) + " an instance was taken out of service in response to an instance refresh.  "
                + selected(at, instance);
    }

    static String refreshing(Instant at) {
        return time(at) + " an instance was launched in response to an instance refresh.";
    }

    /** TerminateInstanceInAutoScalingGroup; the capacities are those before and after it, equal if it is replaced. */
    static String userTermination(Instant at, String instance, int from, int to) {
        return time(at) + " instance " + instance + " was taken out of service in response to a user request"
                + (from == to ? "." : ", shrinking the capacity from " + from + " to " + to + ".");
    }

    static String toStandby(Instant at, String instance, int from, int to) {
        return time(at) + " instance " + instance + " was moved to standby in response to a user request"
                + (from == to ? "." : ", shrinking the capacity from " + from + " to " + to + ".");
    }

    static String outOfStandby(Instant at, String instance, int from, int to) {
        return time(at) + " instance " + instance + " was moved out of standby in response to a user request,"
                + " increasing the capacity from " + from + " to " + to + ".";
    }

    static String rebalanced(Instant at, String zone) {
        return time(at) + " instances were launched to balance instances in zones " + zone
                + " with other zones resulting in more than desired number of instances in the group.";
    }

    private static String time(Instant at) {
        return "At " + at.truncatedTo(ChronoUnit.SECONDS);
    }
}
