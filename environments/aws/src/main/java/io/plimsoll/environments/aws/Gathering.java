package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.HistoryReader.History;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.RunFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gathers everything of a run once its load has ended. */
final class Gathering {
    private final AwsClients clients;
    private final Environment environment;
    private final Clock clock;
    private final Sleeper sleeper;

    Gathering(AwsClients clients, Environment environment, Clock clock, Sleeper sleeper) {
        this.clients = clients;
        this.environment = environment;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Looks at the stack again, reads its histories and pulls its metrics until they settle. No call begins after the
     * settle deadline.
     *
     * @param before the stack at the start
     * @param wanted the metrics to gather
     * @param watch what polling saw
     * @param window when load was sent
     * @param deadline the settle deadline
     */
    Observations gather(
            Topology before,
            List<MetricDefinition> wanted,
            TargetHealthWatch watch,
            TimeWindow window,
            Instant deadline)
            throws InterruptedException {
        AwsCalls calls = AwsCalls.until(deadline, clock);
        Set<String> problems = new LinkedHashSet<>(watch.problems());
        Regions regions = Regions.of(clients, environment);
        Histories reader = new Histories(regions, calls, window);
        Map<String, History> history = reader.read(before);
        Discovery.Found found = new TopologyDiscovery(clients, environment)
                .find(calls, before, instances(regions, before, history, watch));
        problems.addAll(found.problems());
        problems.addAll(found.warnings());
        Settlement.Result metrics =
                settle(calls, queries(calls, regions, wanted, found.topology(), problems), window, deadline);
        History latest = latest(reader, Histories.merged(history.values()), before, found.topology(), deadline);
        problems.addAll(latest.problems());
        problems.addAll(metrics.problems());
        List<Event> changes = Fingerprint.changes(before, found.topology(), window.end());
        return new Observations(
                new InstanceLives(latest.activities()).complete(Fingerprint.marked(found.topology(), changes)),
                metrics.series(),
                events(latest, watch, window, changes),
                collection(metrics, problems),
                clients.clockOffset());
    }

    private List<MetricQuery> queries(
            AwsCalls calls, Regions regions, List<MetricDefinition> wanted, Topology topology, Set<String> problems)
            throws InterruptedException {
        List<MetricQuery> queries = new ArrayList<>(MetricQuery.of(wanted, topology));
        for (String region : regions.finds().keySet()) {
            queries.addAll(Discovery.optional(
                    regions.prefix(region) + "dimensions of the agent's metrics",
                    () -> new OpenDimensions(regions.services(region).cloudWatch(), calls)
                            .queries(wanted, regions.in(region, topology)),
                    List.<MetricQuery>of(),
                    problems));
        }
        queries.sort(
                Comparator.comparing((MetricQuery query) -> query.definition().name())
                        .thenComparing(query -> query.resource().id()));
        return queries;
    }

    /** Instances that histories and target health name, by region. */
    private static Map<String, Set<String>> instances(
            Regions regions, Topology before, Map<String, History> histories, TargetHealthWatch watch) {
        Map<String, Set<String>> instances = new TreeMap<>();
        histories.forEach((region, history) -> {
            Set<String> ids = new TreeSet<>(new InstanceLives(history.activities()).named());
            Set<String> groups = regions.in(region, before).of(ResourceKind.TARGET_GROUP).stream()
                    .map(Resource::id)
                    .collect(Collectors.toSet());
            watch.targets(groups).stream().filter(id -> id.startsWith("i-")).forEach(ids::add);
            instances.put(region, ids);
        });
        return instances;
    }

    private Settlement.Result settle(AwsCalls calls, List<MetricQuery> queries, TimeWindow window, Instant deadline)
            throws InterruptedException {
        MetricReader reader = new MetricReader(
                clients.services().cloudWatch(),
                clients.services().beyond().cloudWatchIn(),
                new Quota(clock, sleeper),
                clients.ledger(),
                calls,
                environment.observe().period(),
                environment.observe().settleQuiet());
        return new Settlement(reader, calls, environment.observe(), environment.region(), sleeper)
                .settle(queries, window, deadline);
    }

    /** Histories go on while metrics settle: activities end, alarms of late metrics show up. */
    private History latest(Histories reader, History first, Topology before, Topology after, Instant deadline)
            throws InterruptedException {
        if (!clock.instant().isBefore(deadline)) {
            return first;
        }
        History second = Histories.merged(reader.read(before, after).values());
        return second.whole() || !first.whole() ? second : first;
    }

    private static List<Event> events(
            History history, TargetHealthWatch watch, TimeWindow window, List<Event> changes) {
        List<Event> events = new ArrayList<>(history.events());
        events.addAll(changes);
        watch.events().stream()
                .filter(event -> event.at().isBefore(window.end()))
                .forEach(events::add);
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::kind).thenComparing(Event::resource));
        return events;
    }

    private RunFacts.Collection collection(Settlement.Result metrics, Set<String> problems) {
        SortedMap<String, Long> made = clients.apiCalls();
        long requested = clients.ledger().metricsRequested();
        return new RunFacts.Collection(
                made,
                requested,
                CallPrices.of(made, requested, environment.observe().priceOfThousandMetrics()),
                metrics.settled(),
                List.copyOf(problems));
    }
}
