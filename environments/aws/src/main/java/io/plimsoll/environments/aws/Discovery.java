package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every part of a stack; what one service refuses does not keep the others from being seen.
 *
 * <p>What the descriptor names must be found: its absence is a problem. What is found from there (databases and caches of
 * the load balancer's network, what stands before it, what bears the same tags) may be refused: that is a warning.
 *
 * @param corrections what of the parts is put right
 * @param hosts host names that load is sent to
 */
record Discovery(
        AwsClients.Services services,
        AwsCalls calls,
        Landmarks find,
        Corrections corrections,
        String region,
        Set<String> hosts) {
    /**
     * What was found.
     *
     * @param topology every part, ordered by kind and id
     * @param problems what could not be looked at, one sentence each
     * @param warnings what else could not be looked at, one sentence each
     */
    record Found(Topology topology, List<String> problems, List<String> warnings) {}

    /** Asks one service. */
    @FunctionalInterface
    interface Section<T> {
        T ask() throws InterruptedException;
    }

    /**
     * Looks again.
     *
     * @param before the stack as seen before; a part that cannot be seen any more is kept as it was
     * @param instanceIds further instances that are known to have been part of the stack
     */
    Found find(Topology before, Set<String> instanceIds) throws InterruptedException {
        Set<String> problems = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        List<Resource> known = before.resources();
        List<String> tagged = attempt(
                () -> new TaggedDiscovery(services.beyond().tagging(), calls).arns(find.tags()),
                List.<String>of(),
                problems);
        if (!find.tags().isEmpty() && tagged.isEmpty() && problems.isEmpty()) {
            problems.add("find.tags: nothing in " + region + " bears "
                    + find.tags().entrySet().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        List<Resource> resources =
                new ArrayList<>(new Tiers(this, before, tagged, problems, warnings).find(instanceIds));
        Optional<String> vpc = network(resources);
        ParameterDiscovery parameters = new ParameterDiscovery(services, calls, warnings);
        Belonging belonging = new Belonging(this, warnings);
        List<Resource> databases = databases(before, tagged, vpc, problems, warnings);
        List<Resource> caches = caches(before, tagged, vpc, problems, warnings);
        boolean wide = find.tags().isEmpty();
        // what bore a security group before may have gone since, as instances do
        List<Resource> core = Stream.concat(resources.stream(), known.stream()).toList();
        resources.addAll(parameters.added(
                wide && find.database().isEmpty() ? belonging.stores(databases, core, "find.database") : databases));
        resources.addAll(parameters.added(
                wide && find.cache().isEmpty() ? belonging.stores(caches, core, "find.cache") : caches));
        resources.addAll(new Surroundings(this, known, warnings).find(resources, tagged, vpc));
        resources.removeIf(part -> find.ignored().contains(part.id()));
        List<String> unseen =
                Stream.concat(problems.stream(), warnings.stream()).toList();
        List<Resource> right = corrections.applied(resources, problems);
        List<Resource> all = new ArrayList<>(new Departures(unseen).with(known, right));
        all.sort(Comparator.comparing(Resource::kind).thenComparing(Resource::id));
        return new Found(new Topology(all), List.copyOf(problems), List.copyOf(warnings));
    }

    static List<Resource> of(List<Resource> resources, ResourceKind... kinds) {
        Set<ResourceKind> wanted = Set.of(kinds);
        return resources.stream().filter(part -> wanted.contains(part.kind())).toList();
    }

    /** The network that parts are in; empty if none says so. */
    static Optional<String> network(Collection<Resource> parts) {
        return parts.stream()
                .flatMap(part -> Optional.ofNullable(part.facts().get("vpc")).stream())
                .findFirst();
    }

    private List<Resource> databases(
            Topology before, List<String> tagged, Optional<String> vpc, Set<String> problems, Set<String> warnings)
            throws InterruptedException {
        DatabaseDiscovery discovery = new DatabaseDiscovery(services.rds(), calls);
        List<Resource> known =
                of(before.resources(), ResourceKind.DATABASE, ResourceKind.DATABASE_CLUSTER, ResourceKind.REPLICA);
        if (find.database().isPresent()) {
            Landmark landmark = new Landmark(
                    "find.database", "database instance", find.database().get(), region);
            return landmarks(landmark, () -> discovery.find(landmark), known, problems);
        }
        if (isNothingElse(tagged)) {
            return List.of();
        }
        List<String> named = TaggedDiscovery.databases(tagged);
        return optional(
                "databases",
                () -> discovery.inNetwork(vpc).stream()
                        .filter(part -> find.tags().isEmpty()
                                || part.kind() == ResourceKind.DATABASE_CLUSTER
                                || named.contains(part.id()))
                        .toList(),
                known,
                warnings);
    }

    /** Whether nothing leads to a network whose databases and caches would be the stack's. */
    private boolean isNothingElse(List<String> tagged) {
        return find.loadBalancer().isEmpty()
                && find.named(ResourceKind.INSTANCE).isEmpty()
                && tagged.isEmpty();
    }

    private List<Resource> caches(
            Topology before, List<String> tagged, Optional<String> vpc, Set<String> problems, Set<String> warnings)
            throws InterruptedException {
        CacheDiscovery discovery = new CacheDiscovery(services.elastiCache(), calls);
        List<Resource> known = of(before.resources(), ResourceKind.CACHE, ResourceKind.CACHE_NODE);
        if (find.cache().isPresent()) {
            Landmark landmark = new Landmark(
                    "find.cache",
                    "cache cluster or replication group",
                    find.cache().get(),
                    region);
            return landmarks(landmark, () -> discovery.find(landmark), known, problems);
        }
        if (isNothingElse(tagged)) {
            return List.of();
        }
        List<String> named = TaggedDiscovery.caches(tagged);
        return optional(
                "caches",
                () -> discovery.inNetwork(vpc).stream()
                        .filter(part -> find.tags().isEmpty()
                                || named.contains(part.facts().getOrDefault("cluster", part.id())))
                        .toList(),
                known,
                warnings);
    }

    static <T> T attempt(Section<T> section, T otherwise, Set<String> problems) throws InterruptedException {
        try {
            return section.ask();
        } catch (ObservationException e) {
            problems.add(e.sentence());
            return otherwise;
        }
    }

    /** As {@link #attempt}; an operation that an AWS-compatible endpoint does not offer is no problem. */
    static <T> T optional(String what, Section<T> section, T otherwise, Set<String> warnings)
            throws InterruptedException {
        try {
            return section.ask();
        } catch (ObservationException e) {
            if (e.reason() != ObservationException.Reason.UNSUPPORTED) {
                warnings.add(what + " are not seen: " + e.sentence());
            }
            return otherwise;
        }
    }

    /** As {@link #attempt}, with the descriptor's key before the sentence. */
    static <T> T landmarked(Landmark landmark, Section<T> section, T otherwise, Set<String> problems)
            throws InterruptedException {
        return attempt(
                () -> {
                    try {
                        return section.ask();
                    } catch (ObservationException e) {
                        throw e.sentence().startsWith(landmark.key()) ? e : landmark.failed(e);
                    }
                },
                otherwise,
                problems);
    }

    /** Parts of a name; of one that an earlier look found and that is not there any more, there are none. */
    static List<Resource> landmarks(
            Landmark landmark, Section<List<Resource>> section, List<Resource> known, Set<String> problems)
            throws InterruptedException {
        return landmarked(
                landmark,
                () -> {
                    try {
                        return section.ask();
                    } catch (ObservationException e) {
                        if (e.reason() == ObservationException.Reason.NOT_FOUND && !known.isEmpty()) {
                            return List.of();
                        }
                        throw e;
                    }
                },
                known,
                problems);
    }
}
