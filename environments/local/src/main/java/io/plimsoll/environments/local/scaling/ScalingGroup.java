package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An auto-scaling group: keeps as many instances as its target-tracking policy wants. All it does happens in {@link
 * #tick}, which decides by the time it is given and waits for nothing; launches run on threads of their own. Safe for
 * several threads.
 */
public final class ScalingGroup implements ControlPlaneView, AutoCloseable {
    /** Metrics that it publishes to {@code AWS/AutoScaling}. */
    public static final List<String> METRICS = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupTotalInstances");

    private static final long TICK_MILLIS = 250;

    private final ScalingGroupSpec spec;
    private final Estate estate;
    private final Fleet fleet;
    private final MetricStore store;
    private final Clock clock;
    private final Executor launcher;
    private final Runnable stopping;
    private final ActivityLog log = new ActivityLog();
    private final List<Member> members = new ArrayList<>();
    private final List<AlarmTransition> history = new ArrayList<>();
    private final Instant created;
    private final Alarm high;
    private final Alarm low;
    private final GroupMetrics metrics;
    private final Optional<ScheduledExecutorService> timer;
    private int desired;
    private String desiredCause;

    /** A group that launches on daemon threads of its own and acts by itself once started. */
    public ScalingGroup(ScalingGroupSpec spec, Estate estate, Fleet fleet, MetricStore store, Clock clock) {
        this(spec, estate, fleet, store, clock, Executors.newCachedThreadPool(ScalingGroup::daemon));
    }

    private ScalingGroup(
            ScalingGroupSpec spec,
            Estate estate,
            Fleet fleet,
            MetricStore store,
            Clock clock,
            ExecutorService launcher) {
        this(
                spec,
                estate,
                fleet,
                store,
                clock,
                launcher,
                Optional.of(Executors.newSingleThreadScheduledExecutor(ScalingGroup::daemon)),
                launcher::shutdownNow);
    }

    /** A group that acts only when {@link #tick} is called. */
    static ScalingGroup manual(
            ScalingGroupSpec spec, Estate estate, Fleet fleet, MetricStore store, Clock clock, Executor launcher) {
        return new ScalingGroup(spec, estate, fleet, store, clock, launcher, Optional.empty(), () -> {});
    }

    private ScalingGroup(
            ScalingGroupSpec spec,
            Estate estate,
            Fleet fleet,
            MetricStore store,
            Clock clock,
            Executor launcher,
            Optional<ScheduledExecutorService> timer,
            Runnable stopping) {
        this.spec = spec;
        this.estate = estate;
        this.fleet = fleet;
        this.store = store;
        this.clock = clock;
        this.launcher = launcher;
        this.timer = timer;
        this.stopping = stopping;
        created = clock.instant();
        desired = spec.desired();
        desiredCause = Causes.created(created, desired);
        high = new Alarm(TargetTracking.highAlarm(spec), created, history::add);
        low = new Alarm(TargetTracking.lowAlarm(spec), created, history::add);
        metrics = new GroupMetrics(spec, store, created);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "scaling-group");
        thread.setDaemon(true);
        return thread;
    }

    /** Launches the desired instances and acts by itself from now on. */
    public void start() {
        timer.ifPresent(ticks -> {
            var unused = ticks.scheduleWithFixedDelay(this::tickNow, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    private void tickNow() {
        try {
            tick(clock.instant());
        } catch (RuntimeException e) {
            System.err.println("group " + spec.name() + ": " + e + "; it goes on with the next step");
        }
    }

    /** Acts no more. Its instances stay. */
    @Override
    public void close() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        stopping.run();
    }

    /** Takes one step: looks at the instances, publishes metrics, evaluates the alarms, launches and ends instances. */
    public synchronized void tick(Instant now) {
        Observed observed = Observed.of(estate);
        members.forEach(member -> progress(member, observed, now));
        members.removeIf(member -> member.terminated);
        metrics.aggregate(inServiceIds(), (id, at) -> isWarm(id, at), now);
        scale(now);
        reconcile(now);
        metrics.publish(
                new GroupMetrics.Sizes(
                        desired,
                        count(GroupInstance.Lifecycle.IN_SERVICE),
                        count(GroupInstance.Lifecycle.PENDING),
                        members.size()),
                now);
    }

    /** What a step sees of the world, read once. */
    private record Observed(Map<String, InstanceView> instances, Map<String, TargetView> targets) {
        static Observed of(Estate estate) {
            return new Observed(
                    estate.instances().stream().collect(Collectors.toMap(InstanceView::id, Function.identity())),
                    estate.targets().stream()
                            .collect(Collectors.toMap(TargetView::instanceId, Function.identity(), (a, b) -> b)));
        }

        boolean hasEnded(String id) {
            InstanceView instance = instances.get(id);
            return instance == null || instance.state() == InstanceView.State.TERMINATED;
        }

        boolean isTarget(String id) {
            return targets.containsKey(id);
        }

        boolean is(String id, TargetView.Health health) {
            TargetView target = targets.get(id);
            return target != null && target.health() == health;
        }
    }

    private void progress(Member member, Observed observed, Instant now) {
        if (member.id.isEmpty()) {
            launched(member, now);
            return;
        }
        String id = member.id.get();
        switch (member.lifecycle) {
            case PENDING -> {
                if (observed.hasEnded(id)) {
                    fail(member, "Instance " + id + " ended before it was in service.", now);
                } else if (observed.is(id, TargetView.Health.HEALTHY)) {
                    enterService(member, now);
                }
            }
            case IN_SERVICE -> {
                warm(member, now);
                if (observed.hasEnded(id)) {
                    takeOut(member, Causes.ended(now), now);
                } else if (observed.is(id, TargetView.Health.UNHEALTHY)) {
                    takeOut(member, Causes.failedBalancerCheck(now), now);
                }
            }
            case TERMINATING -> terminate(member, observed, now);
        }
    }

    private void launched(Member member, Instant now) {
        if (!member.launching.isDone()) {
            return;
        }
        try {
            InstanceView instance = member.launching.join();
            member.id = Optional.of(instance.id());
            member.launch.describe("Launching a new EC2 instance: " + instance.id());
            fleet.register(instance.id());
        } catch (CompletionException e) {
            fail(
                    member,
                    String.valueOf(
                            e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
                    now);
        }
    }

    private static void fail(Member member, String message, Instant now) {
        member.launch.end(ScalingActivity.Status.FAILED, Optional.of(message), now);
        member.terminated = true;
    }

    private void enterService(Member member, Instant now) {
        member.lifecycle = GroupInstance.Lifecycle.IN_SERVICE;
        member.inService = Optional.of(now);
        member.launch.status(ScalingActivity.Status.WAITING_FOR_INSTANCE_WARMUP);
        warm(member, now);
    }

    private void warm(Member member, Instant now) {
        if (isWarm(member, now)) {
            member.launch.end(ScalingActivity.Status.SUCCESSFUL, Optional.empty(), now);
        }
    }

    private boolean isWarm(Member member, Instant at) {
        return member.inService
                .filter(since -> !at.isBefore(since.plus(spec.warmUp())))
                .isPresent();
    }

    private boolean isWarm(String id, Instant at) {
        return members.stream().anyMatch(member -> member.id.equals(Optional.of(id)) && isWarm(member, at));
    }

    private void takeOut(Member member, String cause, Instant now) {
        String id = member.id.orElse("");
        member.launch.end(ScalingActivity.Status.CANCELLED, Optional.empty(), now);
        member.healthy = !cause.contains("health check");
        member.lifecycle = GroupInstance.Lifecycle.TERMINATING;
        ActivityLog.Entry activity = log.begin("Terminating EC2 instance: " + id, cause, now, member.zone);
        activity.status(ScalingActivity.Status.WAITING_FOR_ELB_CONNECTION_DRAINING);
        member.termination = Optional.of(activity);
        fleet.deregister(id);
    }

    private void terminate(Member member, Observed observed, Instant now) {
        String id = member.id.orElse("");
        if (observed.hasEnded(id)) {
            member.termination.ifPresent(
                    activity -> activity.end(ScalingActivity.Status.SUCCESSFUL, Optional.empty(), now));
            member.terminated = true;
        } else if (!observed.isTarget(id)) {
            member.termination.ifPresent(activity -> activity.status(ScalingActivity.Status.IN_PROGRESS));
            fleet.terminate(id);
        }
    }

    /** Evaluates both alarms; while one is in ALARM its policy acts in every period. */
    private void scale(Instant now) {
        boolean newHigh = high.evaluate(store, now);
        boolean newLow = low.evaluate(store, now);
        if (newHigh && high.state() == AlarmState.ALARM) {
            high.latest().ifPresent(point -> scaleOut(point, now));
        } else if (newLow && low.state() == AlarmState.ALARM) {
            low.latest().ifPresent(point -> scaleIn(point, now));
        }
    }

    /** Instances that are not warm yet are capacity on its way, but the average is of the others alone. */
    private void scaleOut(Datapoint average, Instant now) {
        int wanted = TargetTracking.capacity(spec, warmMembers(average.at()), average.value());
        if (wanted > desired) {
            changeDesired(wanted, high, now);
        }
    }

    private void scaleIn(Datapoint average, Instant now) {
        boolean settled = active().stream().allMatch(member -> isWarm(member, now)) && active().size() == desired;
        int wanted = TargetTracking.capacity(spec, desired, average.value());
        if (settled && wanted < desired) {
            changeDesired(wanted, low, now);
        }
    }

    private void changeDesired(int wanted, Alarm alarm, Instant now) {
        desiredCause = Causes.alarm(now, alarm.name(), TargetTracking.policyName(spec), desired, wanted);
        desired = wanted;
    }

    private int warmMembers(Instant at) {
        return Math.toIntExact(
                active().stream().filter(member -> isWarm(member, at)).count());
    }

    /** Brings the actual capacity to the desired one. */
    private void reconcile(Instant now) {
        int actual = active().size();
        for (int i = actual; i < desired; i++) {
            launch(desiredCause + "  " + Causes.started(now, actual, desired), now);
        }
        for (int i = actual; i > desired; i--) {
            Member leaving = leaving();
            String cause = Causes.takenOut(now, actual, desired, leaving.id.orElse(""));
            takeOut(leaving, desiredCause + "  " + cause, now);
        }
    }

    private void launch(String cause, Instant now) {
        String zone = spec.zones().stream()
                .min(Comparator.comparingLong(this::activeIn))
                .orElseThrow();
        ActivityLog.Entry activity = log.begin("Launching a new EC2 instance", cause, now, zone);
        CompletableFuture<InstanceView> launching = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return fleet.launch(zone);
                    } catch (Fleet.LaunchException e) {
                        throw new CompletionException(e);
                    }
                },
                launcher);
        members.add(new Member(zone, activity, launching));
    }

    private long activeIn(String zone) {
        return active().stream().filter(member -> member.zone.equals(zone)).count();
    }

    /** The oldest of the fullest zone. */
    private Member leaving() {
        return active().stream()
                .filter(member -> member.id.isPresent())
                .max(Comparator.comparingLong((Member member) -> activeIn(member.zone))
                        .thenComparing(members::indexOf, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private List<Member> active() {
        return members.stream()
                .filter(member -> !member.terminated && !member.is(GroupInstance.Lifecycle.TERMINATING))
                .toList();
    }

    private int count(GroupInstance.Lifecycle state) {
        return Math.toIntExact(
                members.stream().filter(member -> member.is(state)).count());
    }

    private List<String> inServiceIds() {
        return members.stream()
                .filter(member -> member.is(GroupInstance.Lifecycle.IN_SERVICE))
                .flatMap(member -> member.id.stream())
                .toList();
    }

    @Override
    public synchronized List<GroupStatus> groups() {
        return List.of(new GroupStatus(
                spec,
                created,
                desired,
                TargetTracking.policyName(spec),
                List.of(high.name(), low.name()),
                members.stream().flatMap(member -> member.view().stream()).toList(),
                log.activities()));
    }

    @Override
    public synchronized List<AlarmStatus> alarms() {
        return List.of(high.status(), low.status());
    }

    @Override
    public synchronized List<AlarmTransition> alarmHistory() {
        return List.copyOf(history);
    }
}
