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

/** Looks at every part of a stack; what one service refuses does not keep the others from being seen. */
record Discovery(AwsClients.Services services, AwsCalls calls, Landmarks find, String region) {
    /**
     * What was found.
     *
     * @param topology every part, ordered by kind and id
     * @param problems what could not be looked at, one sentence each
     */
    record Found(Topology topology, List<String> problems) {}

    /** Asks one service. */
    @FunctionalInterface
    private interface Section<T> {
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
        List<Resource> resources = new ArrayList<>();
        List<Resource> balancers = balancers(before, problems);
        List<Resource> targetGroups = balancers.stream()
                .filter(part -> part.kind() == ResourceKind.TARGET_GROUP)
                .toList();
        resources.addAll(balancers);
        if (!targetGroups.isEmpty()) {
            Groups groups = groups(before, targetGroups, problems);
            resources.addAll(groups.groups());
            resources.addAll(instances(before, targetGroups, instanceIds, groups.members(), problems));
        }
        resources.addAll(databases(before, problems));
        resources.addAll(caches(before, problems));
        before.resources().stream().filter(part -> !contains(resources, part)).forEach(resources::add);
        resources.sort(Comparator.comparing(Resource::kind).thenComparing(Resource::id));
        return new Found(new Topology(resources), List.copyOf(problems));
    }

    private static boolean contains(List<Resource> resources, Resource part) {
        return resources.stream()
                .anyMatch(other -> other.kind() == part.kind() && other.id().equals(part.id()));
    }

    private List<Resource> balancers(Topology before, Set<String> problems) throws InterruptedException {
        BalancerDiscovery discovery = new BalancerDiscovery(services.loadBalancing(), calls);
        Optional<Landmark> landmark =
                find.loadBalancer().map(name -> new Landmark("find.load-balancer", "load balancer", name, region));
        List<Resource> known = parts(before, ResourceKind.LOAD_BALANCER, ResourceKind.TARGET_GROUP);
        return landmark.isEmpty()
                ? List.of()
                : landmarked(landmark.get(), () -> discovery.find(landmark.get()), known, problems);
    }

    private Groups groups(Topology before, List<Resource> targetGroups, Set<String> problems)
            throws InterruptedException {
        Set<String> arns =
                targetGroups.stream().map(group -> group.facts().get("arn")).collect(Collectors.toSet());
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

    private List<Resource> databases(Topology before, Set<String> problems) throws InterruptedException {
        DatabaseDiscovery discovery = new DatabaseDiscovery(services.rds(), calls);
        Optional<Landmark> landmark =
                find.database().map(name -> new Landmark("find.database", "database instance", name, region));
        List<Resource> known = parts(before, ResourceKind.DATABASE, ResourceKind.REPLICA);
        return landmark.isEmpty()
                ? List.of()
                : landmarked(landmark.get(), () -> discovery.find(landmark.get()), known, problems);
    }

    private List<Resource> caches(Topology before, Set<String> problems) throws InterruptedException {
        CacheDiscovery discovery = new CacheDiscovery(services.elastiCache(), calls);
        Optional<Landmark> landmark = find.cache()
                .map(name -> new Landmark("find.cache", "cache cluster or replication group", name, region));
        return landmark.isEmpty()
                ? List.of()
                : landmarked(
                        landmark.get(), () -> discovery.find(landmark.get()), before.of(ResourceKind.CACHE), problems);
    }

    private static List<Resource> parts(Topology topology, ResourceKind... kinds) {
        Set<ResourceKind> wanted = Set.of(kinds);
        return topology.resources().stream()
                .filter(part -> wanted.contains(part.kind()))
                .toList();
    }

    private static <T> T attempt(Section<T> section, T otherwise, Set<String> problems) throws InterruptedException {
        try {
            return section.ask();
        } catch (ObservationException e) {
            problems.add(e.sentence());
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
