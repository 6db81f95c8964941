package io.plimsoll.simulations.probe;

import io.plimsoll.environments.aws.ServiceClock;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.simulations.daemon.Daemon;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the probes whose metrics some SLO of the run names, beside the load. */
public final class Probes implements AutoCloseable {
    /** Id of the client among the stack's resources. */
    public static final String CLIENT = "client";

    /** Name of the metric that counts what all probes send. */
    private static final String REQUESTS = "probe requests";

    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final ProbeClient client;
    private final List<Probe> probes;
    private final ExecutorService workers;
    private final ScheduledExecutorService ticker;

    private Probes(ProbeClient client, List<Probe> probes, ExecutorService workers, ScheduledExecutorService ticker) {
        this.client = client;
        this.probes = probes;
        this.workers = workers;
        this.ticker = ticker;
    }

    /**
     * Starts the probes.
     *
     * @param front how the service is reached and probed
     * @param wanted names of the metrics that SLOs of this run name
     * @param topology the stack
     * @param settle how long after the load what it caused is waited for
     * @param clock the wall clock
     */
    public static Probes start(
            ServiceFront front, Set<String> wanted, Topology topology, Duration settle, Clock clock) {
        ExecutorService workers = Executors.newCachedThreadPool(Daemon.named("plimsoll-probe"));
        ScheduledExecutorService ticker =
                Executors.newSingleThreadScheduledExecutor(Daemon.named("plimsoll-probe-ticker"));
        ProbeClient client = new ProbeClient(front::address, clock);
        List<Probe> chosen = new ArrayList<>();
        choices(client, front, topology, settle, workers).forEach((metric, probe) -> {
            if (wanted.stream().anyMatch(metric::contains)) {
                chosen.add(probe);
            }
        });
        front.service()
                .ifPresent(service -> chosen.add(
                        new ServiceTime(new ServiceClock(service, clock), client.requests(), clock, workers)));
        Probes probes = new Probes(client, List.copyOf(chosen), workers, ticker);
        var unusedCount =
                ticker.scheduleAtFixedRate(() -> client.requests().alive(clock.instant()), 0, 1, TimeUnit.SECONDS);
        for (Probe probe : chosen) {
            var unused = ticker.scheduleAtFixedRate(
                    () -> probe.tick(clock.instant()), 0, probe.interval().toMillis(), TimeUnit.MILLISECONDS);
        }
        return probes;
    }

    /** Names of the metrics that something measures: a probe of this service, or what is derived from what it sees. */
    public static Set<String> measured(ServiceFront front, Topology topology) {
        ExecutorService none = Executors.newCachedThreadPool(Daemon.named("plimsoll-probe"));
        Set<String> names = new java.util.TreeSet<>(DerivedSeries.names(topology));
        names.addAll(Set.of(REQUESTS, ServiceTime.OFFSET, ServiceTime.ERROR));
        choices(new ProbeClient(front::address, Clock.systemUTC()), front, topology, Duration.ZERO, none)
                .keySet()
                .forEach(names::addAll);
        none.shutdown();
        return names;
    }

    /** Every probe that the service can be probed by, by the metrics it gives. */
    private static Map<Set<String>, Probe> choices(
            ProbeClient client, ServiceFront front, Topology topology, Duration settle, ExecutorService workers) {
        Map<Set<String>, Probe> choices = new java.util.LinkedHashMap<>();
        ProbeFile file = front.file();
        String primary =
                ids(topology, ResourceKind.DATABASE).stream().findFirst().orElse("");
        file.ledger()
                .ifPresent(ledger -> choices.put(
                        Set.of("acknowledged writes", "lost writes", "write outage"),
                        new WriteLedger(client, ledger, primary)));
        file.staleness()
                .ifPresent(staleness -> choices.put(
                        Set.of("staleness"),
                        new ReplicaStaleness(client, staleness, ids(topology, ResourceKind.REPLICA))));
        file.sessions()
                .ifPresent(sessions ->
                        choices.put(Set.of("sessions checked", "sessions lost"), new Sessions(client, sessions)));
        file.uploads()
                .ifPresent(uploads -> choices.put(
                        Set.of("uploads", "thumbnails", "missing thumbnails"), new Uploads(client, uploads, settle)));
        file.shards()
                .ifPresent(shards -> choices.put(
                        Set.of("shard requests", "shard errors"),
                        new ShardKeys(client, shards, ids(topology, ResourceKind.SHARD))));
        front.name()
                .ifPresent(name -> choices.put(
                        Set.of("names resolved", "name failures", "address changes"), new NameLookups(name, workers)));
        front.tls()
                .ifPresent(address -> choices.put(
                        Set.of("certificates checked", "certificate mismatches"),
                        new Certificates(address, front.certificate(), workers)));
        front.ports()
                .ifPresent(ports ->
                        choices.put(Set.of("unexpected ports", "missing ports"), new OpenPorts(ports, workers)));
        RuleAudit audit = new RuleAudit(topology, front.rules());
        if (!audit.metrics().isEmpty()) {
            choices.put(audit.metrics(), audit);
        }
        return choices;
    }

    private static List<String> ids(Topology topology, ResourceKind kind) {
        return topology.of(kind).stream().map(Resource::id).toList();
    }

    /**
     * Ends the ticks and gathers what was found; what was written is read back meanwhile.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public Findings finish() throws InterruptedException {
        ticker.shutdownNow();
        ticker.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        List<Series> series = new ArrayList<>(List.of(client.requests().series(REQUESTS, CLIENT)));
        List<Event> events = new ArrayList<>();
        for (Probe probe : probes) {
            Findings found = probe.finish();
            series.addAll(found.series());
            events.addAll(found.events());
        }
        return new Findings(series, events);
    }

    /** The stack with the client among its resources, as SLOs about what the client saw expect. */
    public static Topology withClient(Topology topology) {
        List<Resource> resources = new ArrayList<>(topology.resources());
        // It may be there already, as in a topology that was stored; twice it would count twice.
        resources.removeIf(resource -> resource.kind() == ResourceKind.CLIENT);
        resources.add(Resource.of(ResourceKind.CLIENT, CLIENT, Map.of()));
        return new Topology(resources);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        workers.shutdownNow();
    }
}
