package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.ScalingActivity.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An auto-scaling group: keeps as many instances in service as it wants, and wants as many as its policy says. Once a
 * second it looks at its instances, evaluates its alarms and acts; launching waits for nothing and nothing waits for it.
 *
 * <p>An instance is in service from its first healthy health check and warm {@link ScalingGroupSpec#warmUp()} later. While
 * an instance warms up it counts as capacity already added, and nothing is scaled in. Safe for several threads.
 */
public final class ScalingGroup implements ControlPlaneView, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ScalingGroup.class.getName());
    private static final Duration LAUNCH_RETRY = Duration.ofSeconds(5);
    private static final long STEP_MILLIS = 1_000;

    private final ScalingGroupSpec spec;
    private final Fleet fleet;
    private final MetricStore metrics;
    private final Clock clock;
    private final Executor launcher;
    private final Roster roster;
    private final Optional<Alarm> high;
    private final Optional<Alarm> low;
    private final Instant created;
    private final GroupMetrics groupMetrics;
    private final List<ExecutorService> threads = new ArrayList<>();

    private int desired;
    private String decision;
    private Instant launchNotBefore = Instant.MIN;
    private boolean closed;

    /** A group without instances; {@link #start()} makes it act. */
    public ScalingGroup(ScalingGroupSpec spec, Estate estate, Fleet fleet, MetricStore metrics, Clock clock) {
        this(spec, estate, fleet, metrics, clock, Executors.newCachedThreadPool(task -> daemon(task, "launch")));
    }

    private ScalingGroup(
            ScalingGroupSpec spec,
            Estate estate,
            Fleet fleet,
            MetricStore metrics,
            Clock clock,
            ExecutorService launcher) {
        this(spec, estate, fleet, metrics, clock, (Executor) launcher);
        threads.add(launcher);
    }

    /** A group that launches on an executor. */
    ScalingGroup(
            ScalingGroupSpec spec, Estate estate, Fleet fleet, MetricStore metrics, Clock clock, Executor launcher) {
        this.spec = spec;
        this.fleet = fleet;
        this.metrics = metrics;
        this.clock = clock;
        this.launcher = launcher;
        this.roster = new Roster(spec, estate, fleet);
        this.created = clock.instant();
        this.high = spec.policy().map(policy -> new Alarm(policy.highAlarm(spec.name(), spec.period()), created));
        this.low = spec.policy().map(policy -> new Alarm(policy.lowAlarm(spec.name(), spec.period()), created));
        this.groupMetrics = new GroupMetrics(spec, metrics);
        this.desired = spec.desired();
        this.decision = Cause.created(created, desired);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "group-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to act: launches the desired instances at once and returns without waiting for them. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("group " + spec.name() + ": cannot be started once it is closed");
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "steps"));
        threads.add(timer);
        var unused = timer.scheduleAtFixedRate(this::stepAndGoOn, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A step that fails must not end those to come: a timer drops a task that throws. */
    private void stepAndGoOn() {
        try {
            step();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "group " + spec.name() + ": a step failed", e);
        }
    }

    /** Does what is due now. */
    synchronized void step() {
        if (closed) {
            return;
        }
        Instant now = clock.instant();
        roster.observe(now);
        spec.policy().ifPresent(policy -> scale(policy, now));
        if (roster.capacity() > desired) {
            roster.remove(desired, decision, now);
        } else if (!now.isBefore(launchNotBefore)) {
            roster.add(desired, decision, now).forEach(this::launch);
        }
        groupMetrics.publish(now, desired, roster);
    }

    private void scale(TargetTracking policy, Instant now) {
        Optional<Datapoint> above = high.flatMap(alarm -> alarm.evaluate(metrics, now));
        Optional<Datapoint> below = low.flatMap(alarm -> alarm.evaluate(metrics, now));
        int warm = roster.count(Member::isWarm);
        int wanted = desired;
        if (above.isPresent()) {
            wanted = policy.afterHighAlarm(desired, warm, above.get().value(), spec);
        } else if (below.isPresent() && !roster.isWarmingUp()) {
            wanted = policy.afterLowAlarm(desired, warm, below.get().value(), spec);
        }
        if (wanted != desired) {
            Optional<Alarm> alarm = wanted > desired ? high : low;
            String name = alarm.map(each -> each.spec().name()).orElseThrow();
            decision = Cause.alarm(now, name, TargetTracking.policyName(spec.name()), desired, wanted);
            desired = wanted;
        }
    }

    private void launch(Member member) {
        try {
            launcher.execute(() -> launchNow(member));
        } catch (RejectedExecutionException e) {
            roster.notLaunched(member, Status.CANCELLED, "the group was closed", clock.instant());
        }
    }

    private void launchNow(Member member) {
        if (isClosed()) {
            return;
        }
        try {
            InstanceView instance = fleet.launch(member.zone());
            if (!joins(member, instance)) {
                fleet.terminate(instance.id());
            }
        } catch (Fleet.LaunchException | RuntimeException e) {
            failed(member, e);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean joins(Member member, InstanceView instance) {
        if (!closed) {
            roster.launched(member, instance);
        }
        return !closed;
    }

    private synchronized void failed(Member member, Exception failure) {
        Instant now = clock.instant();
        roster.notLaunched(member, Status.FAILED, String.valueOf(failure.getMessage()), now);
        launchNotBefore = now.plus(LAUNCH_RETRY);
    }

    /**
     * Whether an instance is in service and past its warm-up: only then does its utilisation belong into the group's
     * metric.
     */
    public synchronized boolean isWarm(String instanceId) {
        return roster.count(member -> member.isWarm() && member.id().equals(instanceId)) > 0;
    }

    /** The group as it is now. */
    public synchronized GroupStatus status() {
        List<String> alarms =
                alarms().stream().map(alarm -> alarm.spec().name()).toList();
        return new GroupStatus(
                spec,
                created,
                desired,
                spec.policy().map(policy -> TargetTracking.policyName(spec.name())),
                alarms,
                roster.members().stream()
                        .map(Member::view)
                        .filter(instance -> !instance.id().isEmpty())
                        .toList(),
                activities());
    }

    /** What the group did and does, the latest first. */
    public synchronized List<ScalingActivity> activities() {
        return roster.log().latestFirst();
    }

    @Override
    public List<GroupStatus> groups() {
        return List.of(status());
    }

    @Override
    public synchronized List<AlarmStatus> alarms() {
        List<AlarmStatus> alarms = new ArrayList<>();
        high.ifPresent(alarm -> alarms.add(alarm.status()));
        low.ifPresent(alarm -> alarms.add(alarm.status()));
        return alarms;
    }

    @Override
    public synchronized List<AlarmTransition> alarmHistory() {
        List<AlarmTransition> history = new ArrayList<>();
        high.ifPresent(alarm -> history.addAll(alarm.history()));
        low.ifPresent(alarm -> history.addAll(alarm.history()));
        history.sort(Comparator.comparing(AlarmTransition::at));
        return history;
    }

    /**
     * Stops acting. Nothing is launched afterwards; an instance whose launch was under way is ended as soon as it runs.
     * The other instances go on: they are the fleet's to end.
     */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(ExecutorService::shutdown);
    }
}
