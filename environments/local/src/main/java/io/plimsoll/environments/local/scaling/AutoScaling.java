package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.process.Daemon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * CloudWatch's alarms and Auto Scaling's groups, which alarms trigger. All it does by itself happens in {@link #tick},
 * which decides by the time it is given and waits for nothing; launches run on threads of their own. Safe for several
 * threads.
 */
public final class AutoScaling implements ControlPlaneView, AutoCloseable {
    /** Time beyond the publication of a second in which instances may still report it. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(AutoScaling.class.getName());
    private static final long TICK_MILLIS = 250;

    private final MetricStore store;
    private final Clock clock;
    private final Executor launcher;
    private final List<ExecutorService> threads = new ArrayList<>();
    private boolean closed;
    private final Alarms alarms;
    private final Map<String, ScalingGroup> groups = new ConcurrentSkipListMap<>();

    /** Neither groups nor alarms; it acts by itself once started. */
    public AutoScaling(MetricStore store, Clock clock) {
        this(store, clock, Executors.newCachedThreadPool(Daemon.named("auto-scaling")));
    }

    private AutoScaling(MetricStore store, Clock clock, ExecutorService launcher) {
        this(store, clock, (Executor) launcher);
        threads.add(launcher);
    }

    /** Launches go through an executor of the caller's. */
    public AutoScaling(MetricStore store, Clock clock, Executor launcher) {
        this.store = store;
        this.clock = clock;
        this.launcher = launcher;
        this.alarms = new Alarms(store, clock);
    }

    /**
     * Adds a group, which launches its desired instances in the next step.
     *
     * @param region region in the ARNs of its policies
     * @param fleet launches instances of this group alone
     */
    public ScalingGroup add(String region, ScalingGroupSpec spec, Estate estate, Fleet fleet) {
        ScalingGroup group = new ScalingGroup(spec, region, estate, fleet, store, alarms, clock, launcher);
        if (groups.putIfAbsent(spec.name(), group) != null) {
            throw new IllegalArgumentException("group " + spec.name() + " is there twice");
        }
        return group;
    }

    /** Acts by itself from now on; returns at once. */
    public synchronized void start() {
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(Daemon.named("auto-scaling"));
        threads.add(ticks);
        var unused = ticks.scheduleWithFixedDelay(this::tickNow, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A step that waited while this closed must not look at parts that are closed next. */
    private synchronized void tickNow() {
        if (closed) {
            return;
        }
        try {
            tick(clock.instant());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "auto scaling: a step failed; the next one follows", e);
        }
    }

    /** Acts no more. The instances stay. */
    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(ExecutorService::shutdownNow);
    }

    /**
     * Takes one step: looks at the instances, publishes metrics, evaluates the alarms, launches and ends instances.
     *
     * @param now not before that of the step before
     */
    public synchronized void tick(Instant now) {
        Instant published = MetricStore.publishedUntil(now.minus(GRACE));
        groups.values().forEach(group -> group.observe(published, now));
        List<Alarms.Firing> firings = alarms.evaluate(published, now);
        groups.values().forEach(group -> group.act(firings, now));
    }

    /**
     * A group by its name.
     *
     * @throws Refusal if there is none
     */
    public ScalingGroup group(String name) {
        ScalingGroup group = groups.get(name);
        if (group == null) {
            throw Refusal.invalid("AutoScalingGroup name not found - AutoScalingGroup '" + name + "' not found");
        }
        return group;
    }

    /**
     * The group that has an instance.
     *
     * @throws Refusal if none has
     */
    public ScalingGroup groupOf(String instanceId) {
        return groups.values().stream()
                .filter(group -> group.has(instanceId))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "Instance Id not found - No managed instance found for instance ID: " + instanceId));
    }

    /** The alarms, to be made and changed. */
    public Alarms alarmBook() {
        return alarms;
    }

    @Override
    public List<GroupStatus> groups() {
        return groups.values().stream().map(ScalingGroup::status).toList();
    }

    @Override
    public List<AlarmStatus> alarms() {
        return alarms.all();
    }

    @Override
    public List<AlarmEvent> alarmHistory() {
        return alarms.history();
    }

    /** The policy's group and name that an alarm's action names; empty if there is no such policy. */
    public Optional<PolicyArn> policy(String arn) {
        return PolicyArn.parse(arn).filter(policy -> groups.containsKey(policy.group()));
    }
}
