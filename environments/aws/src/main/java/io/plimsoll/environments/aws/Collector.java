package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ObservationSink;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Observes one run: watches target health while load is sent, and gathers metrics and events afterwards.
 *
 * <p>Used once: {@link #start}, {@link #finish}, {@link #close}. {@link #live} may be called by any thread.
 */
public final class Collector implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final AwsClients clients;
    private final Environment environment;
    private final Clock clock;
    private final Sleeper sleeper;
    private volatile Optional<LiveSnapshot> live = Optional.empty();
    private volatile ObservationSink sink = ObservationSink.NONE;
    private volatile Optional<Watching> watching = Optional.empty();

    /** A collector that runs in real time. */
    public Collector(AwsClients clients, Environment environment, Clock clock) {
        this(clients, environment, clock, Sleeper.SYSTEM);
    }

    Collector(AwsClients clients, Environment environment, Clock clock, Sleeper sleeper) {
        this.clients = clients;
        this.environment = environment;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Begins to watch, in a daemon thread.
     *
     * @param topology the stack as discovered
     * @throws IllegalStateException if it watches already
     */
    public void start(Topology topology) {
        start(topology, List.of());
    }

    /**
     * Begins to watch, in a daemon thread.
     *
     * @param topology the stack as discovered
     * @param named metrics to gather besides those that are always gathered; each is billed
     * @throws IllegalStateException if it watches already
     */
    public synchronized void start(Topology topology, Collection<MetricDefinition> named) {
        if (watching.isPresent()) {
            throw new IllegalStateException("collector: it was started already");
        }
        AwsCalls calls = AwsCalls.unbounded(clock);
        Regions regions = Regions.of(clients, environment);
        TargetHealthWatch watch = new TargetHealthWatch(
                group -> regions.services(group).loadBalancing(), calls, topology.of(ResourceKind.TARGET_GROUP));
        MetricReader reader = new MetricReader(
                clients.services().cloudWatch(),
                clients.services().beyond().cloudWatchIn(),
                new Quota(clock, Sleeper.SYSTEM),
                clients.ledger(),
                calls,
                environment.observe().period(),
                environment.observe().settleQuiet());
        LiveView view = new LiveView(regions, reader, calls, environment.observe(), topology);
        Thread thread = new Thread(() -> watch(watch, view), "plimsoll-observer");
        thread.setDaemon(true);
        watching = Optional.of(new Watching(topology, WantedMetrics.with(wanted(named)), watch, thread));
        thread.start();
    }

    /** Names who keeps what is seen while watching, for a run that is killed; before {@link #start}. */
    public void keepIn(ObservationSink sink) {
        this.sink = sink;
    }

    /** The stack as last seen; empty before the first look. */
    public Optional<LiveSnapshot> live() {
        return live;
    }

    /**
     * Ends watching and gathers everything of a window. Returns at most the descriptor's settle deadline plus the
     * {@linkplain AwsClients#CALL_TIMEOUT timeout of one call} later, whatever AWS answers.
     *
     * @param window when load was sent
     * @throws IllegalStateException if it was not started
     * @throws InterruptedException if the thread is interrupted; watching has ended then
     */
    public Observations finish(TimeWindow window) throws InterruptedException {
        Watching seen = watching.orElseThrow(() -> new IllegalStateException("collector: it was not started"));
        Instant deadline = clock.instant().plus(environment.observe().settleDeadline());
        seen.thread().interrupt();
        seen.thread().join(LONGEST_STOP.toMillis());
        return new Gathering(clients, environment, clock, sleeper)
                .gather(seen.topology(), seen.metrics(), seen.watch(), window, deadline);
    }

    /** Ends watching. The clients stay open: they are the caller's. */
    @Override
    public void close() {
        watching.ifPresent(seen -> seen.thread().interrupt());
    }

    private List<MetricDefinition> wanted(Collection<MetricDefinition> named) {
        List<MetricDefinition> wanted = new ArrayList<>(environment.metrics());
        wanted.addAll(named);
        return wanted;
    }

    private void watch(TargetHealthWatch watch, LiveView view) {
        int kept = 0;
        try {
            while (true) {
                Instant begun = clock.instant();
                watch.poll();
                List<Event> seen = watch.events();
                seen.subList(kept, seen.size()).forEach(sink::event);
                kept = seen.size();
                live = Optional.of(view.refresh(watch.latest()));
                view.pulled(environment.region()).forEach(sink::samples);
                Duration spent = Duration.between(begun, clock.instant());
                Duration left = environment.observe().targetHealthPoll().minus(spent);
                sleeper.sleep(left.isNegative() ? Duration.ZERO : left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was told to end
        } catch (RuntimeException e) {
            watch.ended(e);
        }
    }

    private record Watching(
            Topology topology, List<MetricDefinition> metrics, TargetHealthWatch watch, Thread thread) {}
}
