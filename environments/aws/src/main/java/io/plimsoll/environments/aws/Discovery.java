package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.GroupDiscovery.Groups;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks at every part of a stack; what one service refuses does not keep the others from being seen.
 *
 * <p>What the descriptor names must be found: its absence is a problem. What is found from there (databases and caches of
 * the load balancer's network, what stands before it, what bears the same tags) may be refused: that is a warning.
 *
 * @param hosts host names that load is sent to
 */
record Discovery(AwsClients.Services services, AwsCalls calls, Landmarks find, String region, Set<String> hosts) {
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
        List<String> tagged = attempt(
                () -> new TaggedDiscovery(services.beyond().tagging(), calls).arns(find.tags()),
                List.<String>of(),
                problems);
        List<Resource> resources = new ArrayList<>(balancers(before, tagged, problems));
        withListeners(resources, warnings);
        List<Resource> targetGroups = of(resources, ResourceKind.TARGET_GROUP);
        if (!targetGroups.isEmpty()) {
            Groups groups = groups(before, targetGroups, problems);
            resources.addAll(groups.groups());
            resources.addAll(instances(before, targetGroups, instanceIds, groups.members(), problems));
        }
        Optional<String> vpc = resources.stream()
                .flatMap(part -> Optional.ofNullable(part.facts().get("vpc")).stream())
                .findFirst();
        resources.addAll(databases(before, tagged, vpc, problems, warnings));
        resources.addAll(caches(before, tagged, vpc, problems, warnings));
        resources.addAll(new Surroundings(this, warnings).find(resources, tagged, vpc));
        resources.removeIf(part -> find.ignored().contains(part.id()));
        before.resources().stream().filter(part -> !contains(resources, part)).forEach(resources::add);
        resources.sort(Comparator.comparing(Resource::kind).thenComparing(Resource::id));
        return new Found(new Topology(resources), List.copyOf(problems), List.copyOf(warnings));
    }

    private static boolean contains(List<Resource> resources, Resource part) {
        return resources.stream()
                .anyMatch(other -> other.kind() == part.kind() && other.id().equals(part.id()));
    }

    static List<Resource> of(List<Resource> resources, ResourceKind... kinds) {
        Set<ResourceKind> wanted = Set.of(kinds);
        return resources.stream().filter(part -> wanted.contains(part.kind())).toList();
    }

    private List<Resource> balancers(Topology before, List<String> tagged, Set<String> problems)
            throws InterruptedException {
        BalancerDiscovery discovery = new BalancerDiscovery(services.loadBalancing(), calls);
        List<Resource> known = of(
                before.resources(),
                ResourceKind.LOAD_BALANCER,
                ResourceKind.NETWORK_LOAD_BALANCER,
                ResourceKind.TARGET_GROUP,
                ResourceKind.ZONE,
                ResourceKind.TARGET_GROUP_ZONE);
        Set<String> names = new LinkedHashSet<>();
        find.loadBalancer().ifPresent(names::add);
        names.addAll(find.named(ResourceKind.LOAD_BALANCER));
        names.addAll(TaggedDiscovery.balancers(tagged));
        Map<String, Resource> found = new LinkedHashMap<>();
        for (String name : names) {
            Landmark landmark = new Landmark("find.load-balancer", "load balancer", name, region);
            for (Resource part : landmarked(landmark, () -> discovery.find(landmark), known, problems)) {
                found.putIfAbsent(part.kind() + " " + part.id(), part);
            }
        }
        return List.copyOf(found.values());
    }

    private void withListeners(List<Resource> resources, Set<String> warnings) throws InterruptedException {
        BalancerDiscovery discovery = new BalancerDiscovery(services.loadBalancing(), calls);
        for (int i = 0; i < resources.size(); i++) {
            Resource part = resources.get(i);
            if (part.facts().containsKey("dns-name")) {
                String arn = part.facts().getOrDefault("arn", "");
                Facts listeners =
                        optional("listeners of " + part.id(), () -> discovery.listeners(arn), new Facts(), warnings);
                resources.set(i, listeners.addedTo(part));
            }
        }
    }

    private Groups groups(Topology before, List<Resource> targetGroups, Set<String> problems)
            throws InterruptedException {
        Set<String> arns = targetGroups.stream()
                .map(group -> group.facts().getOrDefault("arn", ""))
                .collect(Collectors.toSet());
        Groups known = new Groups(before.of(ResourceKind.SCALING_GROUP), new TreeMap<>());
        return attempt(() -> new GroupDiscovery(services.autoScaling(), calls).find(arns), known, problems);
    }

    private List<Resource> instances(
            Topology before,
            List<Resource> targetGroups,
            Set<String> instanceIds,
            SortedMap<String, String> members,
            Set<String> problems)
            throws InterruptedException {
        InstanceDiscovery discovery = new InstanceDiscovery(services.ec2(), services.loadBalancing(), calls);
        Map<String, Resource> instances = new LinkedHashMap<>();
        before.of(ResourceKind.INSTANCE).forEach(instance -> instances.put(instance.id(), instance));
        SortedMap<String, String> groups = new TreeMap<>();
        instances.forEach((id, instance) ->
                Optional.ofNullable(instance.facts().get("scaling-group")).ifPresent(group -> groups.put(id, group)));
        groups.putAll(members);
        Set<String> ids = new TreeSet<>(instances.keySet());
        ids.addAll(instanceIds);
        ids.addAll(members.keySet());
        ids.addAll(attempt(() -> discovery.targets(targetGroups), Set.<String>of(), problems));
        for (String id : ids) {
            instances.computeIfAbsent(
                    id,
                    unseen -> new Facts().with("scaling-group", groups.get(id)).of(ResourceKind.INSTANCE, id));
        }
        attempt(() -> discovery.describe(ids, groups), List.<Resource>of(), problems)
                .forEach(instance -> instances.put(instance.id(), instance));
        return List.copyOf(instances.values());
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
            return landmarked(landmark, () -> discovery.find(landmark), known, problems);
        }
        if (find.loadBalancer().isEmpty() && tagged.isEmpty()) {
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

    private List<Resource> caches(
            Topology before, List<String> tagged, Optional<String> vpc, Set<String> problems, Set<String> warnings)
            throws InterruptedException {
        CacheDiscovery discovery = new CacheDiscovery(services.elastiCache(), calls);
        List<Resource> known = before.of(ResourceKind.CACHE);
        if (find.cache().isPresent()) {
            Landmark landmark = new Landmark(
                    "find.cache",
                    "cache cluster or replication group",
                    find.cache().get(),
                    region);
            return landmarked(landmark, () -> discovery.find(landmark), known, problems);
        }
        if (find.loadBalancer().isEmpty() && tagged.isEmpty()) {
            return List.of();
        }
        List<String> named = TaggedDiscovery.caches(tagged);
        return optional(
                "caches",
                () -> discovery.inNetwork(vpc).stream()
                        .filter(part -> find.tags().isEmpty() || named.contains(part.id()))
                        .toList(),
                known,
                warnings);
    }

    private static <T> T attempt(Section<T> section, T otherwise, Set<String> problems) throws InterruptedException {
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
    private static <T> T landmarked(Landmark landmark, Section<T> section, T otherwise, Set<String> problems)
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
}
