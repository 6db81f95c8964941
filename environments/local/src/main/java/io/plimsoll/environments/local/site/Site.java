package io.plimsoll.environments.local.site;

import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.logs.LogStore;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.scaling.AutoScaling;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a part is given to start with. Safe for several threads. */
public final class Site {
    private final List<String> order;
    private final Guardian guardian;
    private final UserCache userCache;
    private final ServerBinaries binaries;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Consumer<String> progress;
    private final MetricStore metrics = new MetricStore(Clock.systemUTC());
    private final Sampler sampler = new Sampler();
    private final AuditTrail audit = new AuditTrail(Clock.systemUTC());
    private final Disturbances disturbances = new Disturbances(audit);
    private final LogStore logs = new LogStore(Clock.systemUTC());
    private final AutoScaling scaling = new AutoScaling(metrics, Clock.systemUTC());
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Object> announced = new LinkedHashMap<>();

    /**
     * A site without parts.
     *
     * @param order names of the parts there will be, in the order they are listed in
     * @param executor runs what waits; must not queue
     * @param timer runs what is short
     * @param progress told one line for each part that is up
     */
    public Site(
            List<String> order,
            Guardian guardian,
            UserCache userCache,
            ExecutorService executor,
            ScheduledExecutorService timer,
            Consumer<String> progress) {
        this.order = List.copyOf(order);
        this.guardian = guardian;
        this.userCache = userCache;
        this.binaries = ServerBinaries.ofProcess(userCache);
        this.executor = executor;
        this.timer = timer;
        this.progress = progress;
    }

    /** Watches over child processes and holds the run's working directory. */
    public Guardian guardian() {
        return guardian;
    }

    /** Where what is made once per user is kept. */
    public UserCache userCache() {
        return userCache;
    }

    public ServerBinaries binaries() {
        return binaries;
    }

    /** Runs what waits. */
    public ExecutorService executor() {
        return executor;
    }

    /** Runs what is short. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Where measurements go and are read from. */
    public MetricStore metrics() {
        return metrics;
    }

    /**
     * Measures at the end of every full second of the wall clock, on a thread of its own.
     *
     * @param name what is measured
     * @param measurement told the start of the second
     */
    public void everySecond(String name, Consumer<Instant> measurement) {
        sampler.everySecond(name, measurement);
    }

    public Disturbances disturbances() {
        return disturbances;
    }

    public AuditTrail audit() {
        return audit;
    }

    /** What the parts say, line by line. */
    public LogStore logs() {
        return logs;
    }

    /** Scaling groups and alarms; it acts once the stack has started it. */
    public AutoScaling scaling() {
        return scaling;
    }

    /** What the parts that have started offer, live. */
    public Estate estate() {
        return new Estate() {
            @Override
            public <T> List<T> all(Class<T> type) {
                return parts().stream()
                        .flatMap(Part::offers)
                        .filter(type::isInstance)
                        .map(type::cast)
                        .toList();
            }
        };
    }

    /** Takes a part in that has started. */
    public synchronized void started(String name, Part part) {
        parts.put(name, part);
    }

    /** Parts that have started, in the order they are listed in. */
    public synchronized List<Part> parts() {
        return order.stream()
                .flatMap(name -> Stream.ofNullable(parts.get(name)))
                .toList();
    }

    /** Those of the named parts that the stage has, in the order of their names here. */
    public synchronized List<Part> parts(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(parts.get(name)))
                .toList();
    }

    /** A part that the stage may lack. */
    public synchronized <P> Optional<P> find(String name, Class<P> type) {
        return Optional.ofNullable(parts.get(name)).filter(type::isInstance).map(type::cast);
    }

    /** A part that has started, as those have that the asking one uses. */
    public <P> P part(String name, Class<P> type) {
        return find(name, type)
                .orElseThrow(() -> new IllegalStateException(
                        "no part '" + name + "' of type " + type.getSimpleName() + " has started"));
    }

    /** Adds a key to what the stack says once it is up; the key must be new. */
    public synchronized void announce(String key, Object value) {
        if (announced.putIfAbsent(key, value) != null) {
            throw new IllegalStateException("'" + key + "' is announced twice");
        }
    }

    /** What was announced, in order. */
    public synchronized Map<String, Object> announced() {
        return new LinkedHashMap<>(announced);
    }

    /** Tells that a part is up. */
    public void tell(String line) {
        progress.accept(line);
    }

    /** Stops measuring and scaling and closes every part that has started, the last one first. */
    public void close() {
        sampler.close();
        scaling.close();
        List<Part> open;
        synchronized (this) {
            open = new ArrayList<>(parts.values());
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }
}
