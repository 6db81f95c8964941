package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.GroupInstance.Lifecycle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * An auto-scaling group: keeps as many instances as its policies, its schedule and its users want. It acts in its steps
 * alone, which {@link AutoScaling} takes; a user's request changes what the next step does. It alone publishes
 * {@code CPUUtilization} by {@code AutoScalingGroupName}. Safe for several threads.
 */
public final class ScalingGroup {
    /** Metrics that it publishes to {@code AWS/AutoScaling} by {@code AutoScalingGroupName}. */
    public static final List<String> METRICS = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupStandbyInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances");

    private final Estate estate;
    private final Clock clock;
    private final GroupMembers members;
    private final GroupMetrics metrics;
    private final GroupPolicies policies;
    private final GroupSizing sizing;
    private final ScheduledActions schedule = new ScheduledActions();
    private final GroupRefreshes refreshes = new GroupRefreshes();
    private final Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
    private final Instant created;

    /** Whether an instance beyond the desired capacity is there to spread instances over the zones. */
    private boolean rebalancing;

    /** A group without instances, which launches through an executor. */
    ScalingGroup(
            ScalingGroupSpec spec,
            String region,
            Estate estate,
            Fleet fleet,
            MetricStore store,
            Alarms alarms,
            Clock clock,
            Executor launcher) {
        this.estate = estate;
        this.clock = clock;
        created = clock.instant();
        sizing = new GroupSizing(spec, created);
        members = new GroupMembers(spec.zones(), fleet, launcher);
        metrics = new GroupMetrics(spec.name(), store, created);
        policies = new GroupPolicies(spec.name(), region, alarms, members);
        spec.policies().forEach(policy -> policies.put(policy, spec.period()));
        spec.schedule().forEach(action -> schedule.put(action, created));
        for (ScalingGroupSpec.PolicyAlarm alarm : spec.alarms()) {
            alarms.put(alarm.alarm().with(AlarmActions.onAlarm(policies.arn(alarm.policy()))));
        }
    }

    private ScalingGroupSpec spec() {
        return sizing.spec();
    }

    /** The first half of a step: looks at the instances and publishes the group's CPU utilisation. */
    synchronized void observe(Instant published, Instant now) {
        Duration warmUp = spec().warmUp();
        members.progress(Observed.of(estate, spec().targetGroups()), warmUp, suspended, now);
        metrics.aggregate(members.inService(), (id, at) -> members.isWarm(id, at, warmUp), published);
    }

    /** The second half: decides by schedule and policies, launches and ends instances, publishes the group's sizes. */
    synchronized void act(List<Alarms.Firing> firings, Instant now) {
        if (!suspended.contains(ScalingProcess.SCHEDULED_ACTIONS)) {
            schedule.due(now).forEach(action -> sizing.schedule(action, now));
        }
        if (!suspended.contains(ScalingProcess.ALARM_NOTIFICATION)) {
            policies.decide(firings, spec(), sizing.isCooling(now), now).ifPresent(sizing::change);
        }
        Optional<InstanceRefresh> refresh = refreshes.current();
        if (!suspended.contains(ScalingProcess.INSTANCE_REFRESH)) {
            refresh.ifPresent(running -> running.progress(members, spec(), now));
        }
        reconcile(refresh, now);
        sizing.progress(isBusy(), now);
        metrics.publish(members.sizes(spec()), now);
    }

    private void reconcile(Optional<InstanceRefresh> refresh, Instant now) {
        int surge = refresh.map(running -> running.surge(spec().desired())).orElse(0);
        int wanted = spec().desired() + surge + rebalance(refresh.isPresent(), now);
        if (sizing.why().isEmpty() && surge > 0 && members.capacity() < wanted) {
            members.launchBecause(Causes::refreshing);
        }
        boolean done = members.reconcile(
                wanted,
                sizing.why(),
                member -> refresh.filter(running -> running.isOld(member)).isPresent(),
                suspended,
                now);
        if (done) {
            sizing.done();
        }
    }

    private boolean isBusy() {
        return members.capacity() != spec().desired()
                || !members.where(member ->
                                member.lifecycle != Lifecycle.IN_SERVICE && member.lifecycle != Lifecycle.STANDBY)
                        .isEmpty();
    }

    /** One instance more while a zone has two fewer than another, until it is in service. */
    private int rebalance(boolean refreshing, Instant now) {
        int desired = spec().desired();
        if (rebalancing) {
            rebalancing = members.capacity() > desired
                    && !members.where(member -> member.lifecycle == Lifecycle.PENDING)
                            .isEmpty();
        } else if (!refreshing
                && !isBusy()
                && sizing.why().isEmpty()
                && !suspended.contains(ScalingProcess.AZ_REBALANCE)) {
            members.starvedZone(now).ifPresent(zone -> {
                rebalancing = true;
                members.launchBecause(
                        at -> Causes.rebalanced(at, zone) + "  " + Causes.started(at, desired, desired + 1));
            });
        }
        return rebalancing ? 1 : 0;
    }

    /** SetDesiredCapacity. */
    public synchronized void setDesired(int desired, boolean honorCooldown) {
        sizing.setDesired(desired, honorCooldown, clock.instant());
    }

    /** UpdateAutoScalingGroup; what is empty stays. */
    public synchronized void update(
            OptionalInt min,
            OptionalInt max,
            OptionalInt desired,
            Optional<Duration> warmUp,
            Optional<Duration> defaultCooldown) {
        sizing.constrain(min, max, desired, "a user request", clock.instant());
        sizing.waiting(warmUp, defaultCooldown);
    }

    /**
     * ExecutePolicy.
     *
     * @param distance of the metric from the threshold; only for a step policy
     */
    public synchronized void execute(String policy, Optional<Double> distance, boolean honorCooldown) {
        Instant now = clock.instant();
        GroupPolicies.Change change = policies.execute(policy, distance, spec(), now);
        sizing.requireNoCooldown(honorCooldown, now);
        sizing.change(change);
    }

    /** PutScalingPolicy. */
    public synchronized void put(PolicySpec policy) {
        policies.put(policy, spec().period());
    }

    /** DeletePolicy. */
    public synchronized void removePolicy(String name) {
        policies.remove(policies.find(name).name());
    }

    /** PutScheduledUpdateGroupAction. */
    public synchronized void put(ScheduledActionSpec action) {
        schedule.put(action, clock.instant());
    }

    /** DeleteScheduledAction. */
    public synchronized void removeScheduledAction(String name) {
        schedule.remove(name);
    }

    /** SuspendProcesses ({@code on}) and ResumeProcesses; no process names all. */
    public synchronized void suspend(Collection<ScalingProcess> processes, boolean on) {
        Collection<ScalingProcess> named = processes.isEmpty() ? EnumSet.allOf(ScalingProcess.class) : processes;
        if (on) {
            suspended.addAll(named);
        } else {
            suspended.removeAll(EnumSet.copyOf(named));
        }
    }

    /** EnableMetricsCollection and DisableMetricsCollection; no metric names all. */
    public synchronized void enableMetrics(Collection<String> names, boolean on) {
        metrics.enable(names, on);
    }

    /** TerminateInstanceInAutoScalingGroup. */
    public synchronized ScalingActivity terminate(String id, boolean decrement) {
        Member member = member(id);
        Instant now = clock.instant();
        int from = spec().desired();
        if (decrement) {
            sizing.shrink(
                    1,
                    "Terminating instance without replacement will violate group's min size constraint. Either set"
                            + " shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }
        return members.takeOut(member, Causes.userTermination(now, id, from, spec().desired()), now);
    }

    private Member member(String id) {
        return members.find(id)
                .filter(member -> member.lifecycle != Lifecycle.TERMINATING)
                .orElseThrow(() ->
                        Refusal.invalid("Instance Id not found - No managed instance found for instance ID: " + id));
    }

    /** Whether it has an instance of an id. */
    synchronized boolean has(String id) {
        return members.find(id).isPresent();
    }

    /** SetInstanceHealth. */
    public synchronized void setHealth(String id, boolean healthy) {
        member(id).unhealthy = healthy ? Optional.empty() : Optional.of(Causes.userHealthCheck(clock.instant()));
    }

    /** SetInstanceProtection. */
    public synchronized void protect(Collection<String> ids, boolean on) {
        ids.stream().map(this::member).toList().forEach(member -> member.isProtected = on);
    }

    /** EnterStandby. */
    public synchronized List<ScalingActivity> enterStandby(Collection<String> ids, boolean decrement) {
        List<Member> entering = requireIn(ids, Lifecycle.IN_SERVICE);
        Instant now = clock.instant();
        int from = spec().desired();
        if (decrement) {
            sizing.shrink(entering.size(), "Moving instances to standby without replacement will violate it.");
        }
        return entering.stream()
                .map(member ->
                        members.enterStandby(member, Causes.toStandby(now, member.name(), from, spec().desired()), now))
                .toList();
    }

    /** ExitStandby; the desired capacity grows by the instances. */
    public synchronized List<ScalingActivity> exitStandby(Collection<String> ids) {
        List<Member> leaving = requireIn(ids, Lifecycle.STANDBY);
        Instant now = clock.instant();
        int from = spec().desired();
        sizing.grow(leaving.size());
        return leaving.stream()
                .map(member -> members.exitStandby(
                        member, Causes.outOfStandby(now, member.name(), from, spec().desired()), now))
                .toList();
    }

    private List<Member> requireIn(Collection<String> ids, Lifecycle lifecycle) {
        List<Member> found = ids.stream().map(this::member).toList();
        for (Member member : found) {
            if (member.lifecycle != lifecycle) {
                throw Refusal.invalid("The instance " + member.name() + " is not in " + lifecycle.state() + ".");
            }
        }
        return found;
    }

    /** StartInstanceRefresh; returns its id. */
    public synchronized String refresh(RefreshPreferences preferences) {
        return refreshes.start(preferences, members, clock.instant());
    }

    /** CancelInstanceRefresh; returns its id. */
    public synchronized String cancelRefresh() {
        return refreshes.cancel(spec().name());
    }

    /** As it is now. */
    public synchronized GroupStatus status() {
        Map<PolicySpec, List<String>> all = new LinkedHashMap<>();
        policies.all().forEach(policy -> all.put(policy, policies.alarmsOf(policy.name())));
        return new GroupStatus(
                spec(),
                created,
                all,
                schedule.upcoming(),
                suspended,
                metrics.enabled(),
                members.views(),
                members.activities(),
                refreshes.statuses());
    }
}
