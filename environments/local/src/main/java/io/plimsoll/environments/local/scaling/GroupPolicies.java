package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group's scaling policies, and which capacity they want. Where several want more, the largest wins; target tracking
 * scales in only when all such policies would.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scale-based-on-demand.html#multiple-scaling-policies">
 *     Multiple dynamic scaling policies</a>
 */
final class GroupPolicies {
    private final String group;
    private final String region;
    private final Alarms alarms;
    private final GroupMembers members;
    private final Map<String, PolicySpec> policies = new LinkedHashMap<>();

    GroupPolicies(String group, String region, Alarms alarms, GroupMembers members) {
        this.group = group;
        this.region = region;
        this.alarms = alarms;
        this.members = members;
    }

    /**
     * A capacity that a policy wants.
     *
     * @param policy the policy
     * @param capacity the wanted capacity, within the group's bounds
     * @param cause why, as an activity's cause
     */
    record Change(PolicySpec policy, int capacity, String cause) {}

    /** Adds a policy or replaces the one of its name; target tracking's alarms are made with it. */
    void put(PolicySpec policy, Duration period) {
        remove(policy.name());
        policies.put(policy.name(), policy);
        if (policy instanceof TargetTrackingSpec tracking) {
            TargetTracking.alarms(group, tracking, period, arn(policy.name())).forEach(alarms::put);
        }
    }

    /** Removes a policy with the alarms that target tracking made. */
    void remove(String name) {
        if (policies.remove(name) instanceof TargetTrackingSpec) {
            alarms.delete(alarms.triggering(arn(name)));
        }
    }

    PolicySpec find(String name) {
        PolicySpec policy = policies.get(name);
        if (policy == null) {
            throw Refusal.invalid("Scaling policy not found - No policy '" + name + "' in group " + group);
        }
        return policy;
    }

    String arn(String policy) {
        return new PolicyArn(group, policy).in(region);
    }

    Collection<PolicySpec> all() {
        return policies.values();
    }

    /** Names of the alarms that trigger a policy. */
    List<String> alarmsOf(String policy) {
        return alarms.triggering(arn(policy));
    }

    /**
     * What the alarms that fired make of the desired capacity.
     *
     * @param cooling whether a simple policy must wait
     */
    Optional<Change> decide(List<Alarms.Firing> firings, ScalingGroupSpec spec, boolean cooling, Instant now) {
        List<Change> changes = new ArrayList<>();
        for (Alarms.Firing firing : firings) {
            PolicyArn.parse(firing.action())
                    .filter(arn -> arn.group().equals(group))
                    .map(arn -> policies.get(arn.policy()))
                    .filter(PolicySpec::enabled)
                    .flatMap(policy -> change(policy, firing, spec, cooling, now))
                    .ifPresent(changes::add);
        }
        Comparator<Change> byCapacity = Comparator.comparingInt(Change::capacity);
        Optional<Change> largest = changes.stream().max(byCapacity);
        if (largest.filter(change -> change.capacity() > spec.desired()).isPresent()) {
            return largest;
        }
        return changes.stream()
                .filter(change -> !(change.policy() instanceof TargetTrackingSpec) || allTrackingWouldScaleIn())
                .max(byCapacity);
    }

    private boolean allTrackingWouldScaleIn() {
        return policies.values().stream()
                .filter(policy ->
                        policy instanceof TargetTrackingSpec tracking && tracking.enabled() && tracking.scalesIn())
                .flatMap(policy -> alarmsOf(policy.name()).stream())
                .filter(alarm -> alarm.contains("-AlarmLow-"))
                .allMatch(alarm -> alarms.state(alarm).equals(Optional.of(AlarmState.ALARM)));
    }

    private Optional<Change> change(
            PolicySpec policy, Alarms.Firing firing, ScalingGroupSpec spec, boolean cooling, Instant now) {
        Optional<Long> wanted;
        if (policy instanceof TargetTrackingSpec tracking) {
            wanted = firing.latest().flatMap(point -> tracked(tracking, firing.alarm(), point, spec));
        } else if (policy instanceof StepScalingSpec steps) {
            double value =
                    firing.latest().map(Datapoint::value).orElse(firing.alarm().threshold());
            Instant at = firing.latest().map(Datapoint::at).orElse(now);
            wanted = stepped(steps, value - firing.alarm().threshold(), spec, at);
        } else {
            wanted = cooling ? Optional.empty() : Optional.of(simple((SimpleScalingSpec) policy, spec));
        }
        return wanted.map(spec::bounded)
                .filter(capacity -> capacity != spec.desired())
                .map(capacity -> new Change(
                        policy,
                        capacity,
                        Causes.alarm(now, firing.alarm().name(), policy.name(), spec.desired(), capacity)));
    }

    /** Instances that are not warm yet are capacity on its way, but the value is of the others alone. */
    private Optional<Long> tracked(TargetTrackingSpec policy, AlarmSpec alarm, Datapoint point, ScalingGroupSpec spec) {
        if (alarm.comparison() == Comparison.GREATER_THAN) {
            Duration counted = policy.metric().isOfWarmInstances() ? warmUp(policy, spec) : Duration.ZERO;
            int measured = members.warm(point.at(), counted);
            long wanted = TargetTracking.capacity(policy, measured, point.value());
            return Optional.of(Math.max(wanted, spec.desired()));
        }
        if (!isSettled(policy, spec, point.at())) {
            return Optional.empty();
        }
        long wanted = TargetTracking.capacity(policy, spec.desired(), point.value());
        return Optional.of(Math.min(wanted, spec.desired()));
    }

    /** Instances that warm up count as those that an earlier step has already added. */
    private Optional<Long> stepped(StepScalingSpec policy, double distance, ScalingGroupSpec spec, Instant at) {
        return policy.change(distance).flatMap(change -> {
            int desired = spec.desired();
            long plain = policy.adjustment().apply(desired, change);
            if (plain > desired) {
                int warming = members.capacity() - members.warm(at, warmUp(policy, spec));
                int base = Math.max(0, desired - warming);
                return Optional.of(Math.max(desired, (long) policy.adjustment().apply(base, change)));
            }
            return isSettled(policy, spec, at) ? Optional.of(plain) : Optional.empty();
        });
    }

    private static long simple(SimpleScalingSpec policy, ScalingGroupSpec spec) {
        return policy.adjustment().apply(spec.desired(), policy.change());
    }

    /** No scale-in while instances of a scale-out warm up. */
    private boolean isSettled(PolicySpec policy, ScalingGroupSpec spec, Instant at) {
        return members.capacity() == spec.desired() && members.allWarm(at, warmUp(policy, spec));
    }

    private static Duration warmUp(PolicySpec policy, ScalingGroupSpec spec) {
        return policy.warmUp().orElse(spec.warmUp());
    }

    /**
     * What a policy makes of the desired capacity when a user executes it.
     *
     * @param distance of the metric from the threshold; only a step policy's
     */
    Change execute(String name, Optional<Double> distance, ScalingGroupSpec spec, Instant now) {
        PolicySpec policy = find(name);
        long wanted;
        if (policy instanceof SimpleScalingSpec simple) {
            wanted = simple(simple, spec);
        } else if (policy instanceof StepScalingSpec steps) {
            double given = distance.orElseThrow(() ->
                    Refusal.invalid("MetricValue and BreachThreshold must be specified for StepScaling policies"));
            wanted = stepped(steps, given, spec, now).orElse((long) spec.desired());
        } else {
            throw Refusal.invalid("ExecutePolicy is not supported for " + policy.type() + " policies");
        }
        int capacity = spec.bounded(wanted);
        return new Change(policy, capacity, Causes.executed(now, name, spec.desired(), capacity));
    }
}
