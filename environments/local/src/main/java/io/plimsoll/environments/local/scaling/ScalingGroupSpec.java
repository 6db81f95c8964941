package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An auto-scaling group.
 *
 * @param name its name
 * @param instanceType type of its instances
 * @param targetGroups names of the target groups its instances are registered with
 * @param zones availability zones, at least one; instances are spread evenly
 * @param min fewest instances, >= 0
 * @param max most instances, >= max(min, 1)
 * @param desired instances at the start, in [min, max]
 * @param warmUp DefaultInstanceWarmup: from being in service until an instance counts in the group's metric
 * @param cooldown DefaultCooldown: from a simple policy's activity until another may begin
 * @param policies its scaling policies, by unique names
 * @param alarms alarms of its own that trigger step and simple policies
 * @param schedule its scheduled actions, by unique names
 * @param period period of the alarms that target tracking makes, a positive multiple of 1 s
 */
public record ScalingGroupSpec(
        String name,
        String instanceType,
        List<String> targetGroups,
        List<String> zones,
        int min,
        int max,
        int desired,
        Duration warmUp,
        Duration cooldown,
        List<PolicySpec> policies,
        List<PolicyAlarm> alarms,
        List<ScheduledActionSpec> schedule,
        Duration period) {
    /**
     * An alarm that triggers a policy of the group.
     *
     * @param alarm the alarm; its actions are set to the policy
     * @param policy name of the policy
     */
    public record PolicyAlarm(AlarmSpec alarm, String policy) {}

    public ScalingGroupSpec {
        targetGroups = List.copyOf(targetGroups);
        zones = List.copyOf(zones);
        policies = List.copyOf(policies);
        alarms = List.copyOf(alarms);
        schedule = List.copyOf(schedule);
        require(!name.isBlank(), name, "name must not be blank");
        require(!zones.isEmpty(), name, "it needs at least one zone");
        require(
                min >= 0 && max >= Math.max(min, 1),
                name,
                "must have 0 <= min <= max and max >= 1, was [" + min + ", " + max + "]");
        require(
                desired >= min && desired <= max,
                name,
                "desired must be in [" + min + ", " + max + "], was " + desired);
        require(!warmUp.isNegative(), name, "warm-up must be >= 0, was " + warmUp);
        require(!cooldown.isNegative(), name, "cooldown must be >= 0, was " + cooldown);
        require(
                period.compareTo(Duration.ofSeconds(1)) >= 0 && period.equals(period.truncatedTo(ChronoUnit.SECONDS)),
                name,
                "period must be a positive multiple of 1 s, was " + period);
        requireUnique(policies.stream().map(PolicySpec::name).toList(), name, "policy");
        requireUnique(schedule.stream().map(ScheduledActionSpec::name).toList(), name, "scheduled action");
        for (PolicyAlarm alarm : alarms) {
            require(
                    policies.stream().anyMatch(policy -> policy.name().equals(alarm.policy())),
                    name,
                    "alarm " + alarm.alarm().name() + " triggers policy '" + alarm.policy() + "', which there is not");
        }
    }

    private static void requireUnique(List<String> names, String group, String what) {
        Set<String> seen = new HashSet<>();
        for (String each : names) {
            require(seen.add(each), group, what + " '" + each + "' is there twice");
        }
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException("group " + name + ": " + message);
        }
    }

    /** The same group of other sizes. */
    ScalingGroupSpec sized(int newMin, int newMax, int newDesired) {
        return new ScalingGroupSpec(
                name,
                instanceType,
                targetGroups,
                zones,
                newMin,
                newMax,
                newDesired,
                warmUp,
                cooldown,
                policies,
                alarms,
                schedule,
                period);
    }

    /** The same group with other waiting times. */
    ScalingGroupSpec waiting(Duration newWarmUp, Duration newCooldown) {
        return new ScalingGroupSpec(
                name,
                instanceType,
                targetGroups,
                zones,
                min,
                max,
                desired,
                newWarmUp,
                newCooldown,
                policies,
                alarms,
                schedule,
                period);
    }

    /** A capacity within the bounds. */
    int bounded(long capacity) {
        return (int) Math.min(max, Math.max(min, capacity));
    }
}
