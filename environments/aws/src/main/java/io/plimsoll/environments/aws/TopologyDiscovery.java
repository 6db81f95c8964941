package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds every part of a stack from the names of its descriptor's section {@code find}. */
public final class TopologyDiscovery {
    private final AwsClients clients;
    private final Environment environment;

    /**
     * Nothing is asked yet.
     *
     * @param clients clients of the environment
     * @param environment what to look for
     */
    public TopologyDiscovery(AwsClients clients, Environment environment) {
        this.clients = clients;
        this.environment = environment;
    }

    /**
     * The stack as it is now.
     *
     * @throws ObservationException with a sentence for each name that was not found and each permission that is missing
     * @throws InterruptedException if the thread is interrupted
     */
    public Topology discover() throws InterruptedException {
        return look().topology();
    }

    /**
     * A stack and what of its surroundings could not be looked at.
     *
     * @param topology every part that was found
     * @param warnings one sentence for each kind of part that was refused
     */
    public record Seen(Topology topology, List<String> warnings) {
        public Seen {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The stack as it is now, and what was refused.
     *
     * @throws ObservationException with a sentence for each name that was not found and each permission that is missing
     * @throws InterruptedException if the thread is interrupted
     */
    public Seen look() throws InterruptedException {
        Discovery.Found found = find(AwsCalls.unbounded(Clock.systemUTC()), new Topology(List.of()), Map.of());
        if (!found.problems().isEmpty()) {
            throw new ObservationException(Reason.FAILED, String.join("\n", found.problems()));
        }
        return new Seen(withNamedMetrics(found.topology()), found.warnings());
    }

    /** A metric that the descriptor names is a part of its own: nothing says whose it is. */
    private Topology withNamedMetrics(Topology topology) {
        List<Resource> parts = new ArrayList<>(topology.resources());
        environment
                .metrics()
                .forEach(metric ->
                        parts.add(new Facts().with("metric", metric.name()).of(ResourceKind.METRIC, metric.name())));
        return new Topology(parts);
    }

    /**
     * The parts of the environment's own region as they are now: those that a run can act on.
     *
     * @throws ObservationException with a sentence for each name that was not found and each permission that is missing
     * @throws InterruptedException if the thread is interrupted
     */
    public Topology discoverHome() throws InterruptedException {
        Regions regions = Regions.of(clients, environment);
        return regions.in(regions.home(), discover());
    }

    /**
     * Looks in every region.
     *
     * @param before the stack as seen before; empty at the first look
     * @param instanceIds further instances that are known to have been part of the stack, by region
     */
    Discovery.Found find(AwsCalls calls, Topology before, Map<String, Set<String>> instanceIds)
            throws InterruptedException {
        Regions regions = Regions.of(clients, environment);
        Set<String> problems = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        Map<String, List<Resource>> found = new LinkedHashMap<>();
        for (String region : regions.finds().keySet()) {
            Discovery.Found there = discovery(calls, regions, region)
                    .find(regions.in(region, before), instanceIds.getOrDefault(region, Set.of()));
            there.problems().forEach(problem -> problems.add(regions.prefix(region) + problem));
            there.warnings().forEach(warning -> warnings.add(regions.prefix(region) + warning));
            found.put(region, there.topology().resources());
        }
        List<Resource> all = regions.merged(found, problems);
        all.sort(Comparator.comparing(Resource::kind).thenComparing(Resource::id));
        Topology topology = new Topology(all);
        problems.addAll(new Corrections(environment.find().corrections()).unfounded(topology));
        return new Discovery.Found(topology, List.copyOf(problems), List.copyOf(warnings));
    }

    private Discovery discovery(AwsCalls calls, Regions regions, String region) {
        return new Discovery(
                regions.services(region),
                calls,
                regions.finds().getOrDefault(region, environment.find()),
                new Corrections(environment.find().corrections()),
                region,
                environment.loadHosts());
    }
}
