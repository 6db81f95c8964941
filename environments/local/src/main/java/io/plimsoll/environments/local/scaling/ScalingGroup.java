package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An auto-scaling group: keeps as many instances as its target-tracking policy wants. All it does happens in {@link
 * #tick}, which decides by the time it is given and waits for nothing; launches run on threads of their own. It alone
 * publishes {@code CPUUtilization} by {@code AutoScalingGroupName}. Safe for several threads.
 */
public final class ScalingGroup implements ControlPlaneView, AutoCloseable {
    /** Metrics that it publishes to {@code AWS/AutoScaling} by {@code AutoScalingGroupName}. */
    public static final List<String> METRICS = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupTotalInstances");

    /** Time beyond the publication of a second in which instances may still report it. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(ScalingGroup.class.getName());
    private static final long TICK_MILLIS = 250;

    private final ScalingGroupSpec spec;
    private final Estate estate;
    private final MetricStore store;
    private final Clock clock;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final GroupMembers members;
    private final GroupMetrics metrics;
    private final List<AlarmTransition> history = new ArrayList<>();
    private final Instant created;
    private final Alarm high;
    private final Alarm low;
    private int desired;
    private Optional<String> whyDesired;

    /** A group without instances, which acts by itself once started. */
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
        this(spec, estate, fleet, store, clock, (Executor) launcher);
        threads.add(launcher);
    }

    /** A group that launches through an executor of the caller's. */
    ScalingGroup(ScalingGroupSpec spec, Estate estate, Fleet fleet, MetricStore store, Clock clock, Executor launcher) {
        this.spec = spec;
        this.estate = estate;
        this.store = store;
        this.clock = clock;
        created = clock.instant();
        desired = spec.desired();
        whyDesired = Optional.of(Causes.created(created, desired));
        members = new GroupMembers(spec, fleet, launcher);
        metrics = new GroupMetrics(spec, store, created);
        high = new Alarm(TargetTracking.highAlarm(spec), created, history::add);
        low = new Alarm(TargetTracking.lowAlarm(spec), created, history::add);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "scaling-group");
        thread.setDaemon(true);
        return thread;
    }

    /** Launches the desired instances and acts by itself from now on; returns at once. */
    public synchronized void start() {
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(ScalingGroup::daemon);
        threads.add(ticks);
        var unused = ticks.scheduleWithFixedDelay(this::tickNow, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tickNow() {
        try {
            tick(clock.instant());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "group " + spec.name() + ": a step failed; the next one follows", e);
        }
    }

    /** Acts no more. Its instances stay. */
    @Override
    public synchronized void close() {
        threads.forEach(ExecutorService::shutdownNow);
    }

    /**
     * Takes one step: looks at the instances, publishes metrics, evaluates the alarms, launches and ends instances.
     *
     * @param now not before that of the step before
     */
    public synchronized void tick(Instant now) {
        Instant published = MetricStore.publishedUntil(now.minus(GRACE));
        members.progress(Observed.of(estate), now);
        metrics.aggregate(members.inService(), members::isWarm, published);
        scale(published, now);
        if (members.reconcile(desired, whyDesired, now)) {
            whyDesired = Optional.empty();
        }
        metrics.publish(members.sizes(desired), now);
    }

    /** Evaluates both alarms; while one is in ALARM its policy acts in every period. */
    private void scale(Instant published, Instant now) {
        boolean newHigh = high.evaluate(store, published, now);
        boolean newLow = low.evaluate(store, published, now);
        if (newHigh && high.state() == AlarmState.ALARM) {
            high.latest().ifPresent(average -> scaleOut(average, now));
        } else if (newLow && low.state() == AlarmState.ALARM) {
            low.latest().ifPresent(average -> scaleIn(average, now));
        }
    }

    /** Instances that are not warm yet are capacity on its way, but the average is of the others alone. */
    private void scaleOut(Datapoint average, Instant now) {
        int wanted = TargetTracking.capacity(spec, members.warm(average.at()), average.value());
        if (wanted > desired) {
            changeDesired(wanted, high, now);
        }
    }

    private void scaleIn(Datapoint average, Instant now) {
        boolean settled = members.capacity() == desired && members.allWarm(average.at());
        int wanted = TargetTracking.capacity(spec, desired, average.value());
        if (settled && wanted < desired) {
            changeDesired(wanted, low, now);
        }
    }

    private void changeDesired(int wanted, Alarm alarm, Instant now) {
        whyDesired = Optional.of(Causes.alarm(now, alarm.name(), TargetTracking.policyName(spec), desired, wanted));
        desired = wanted;
    }

    @Override
    public synchronized List<GroupStatus> groups() {
        return List.of(new GroupStatus(
                spec,
                created,
                desired,
                TargetTracking.policyName(spec),
                List.of(high.name(), low.name()),
                members.views(),
                members.activities()));
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
