package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.GroupDiscovery.Groups;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
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
import java.util.stream.Stream;

/**
 * Finds what serves: load balancers, the target groups, scaling groups and instances behind them, and instances that no
 * load balancer stands before.
 *
 * <p>What is named or tagged is found first. Where the descriptor names neither further load balancers nor tags, the
 * internal load balancers of the same network are found as well, tier by tier: those that {@linkplain Belonging belong} to
 * what was found before.
 *
 * @param discovery what is looked for, and with which clients
 * @param before the stack as seen before; a part that cannot be seen any more is kept as it was
 * @param tagged ARNs of what bears the stack's tags
 * @param problems takes a sentence for each name that is not found and each permission that is missing
 * @param warnings takes a sentence for what else was refused
 */
record Tiers(Discovery discovery, Topology before, List<String> tagged, Set<String> problems, Set<String> warnings) {
    private static final ResourceKind[] BALANCING = {
        ResourceKind.LOAD_BALANCER,
        ResourceKind.NETWORK_LOAD_BALANCER,
        ResourceKind.TARGET_GROUP,
        ResourceKind.ZONE,
        ResourceKind.TARGET_GROUP_ZONE
    };

    /**
     * Looks.
     *
     * @param instanceIds further instances that are known to have been part of the stack
     */
    List<Resource> find(Set<String> instanceIds) throws InterruptedException {
        Map<String, Resource> found = new LinkedHashMap<>();
        Set<String> ids = new TreeSet<>(instanceIds);
        ids.addAll(namedInstances());
        Set<String> sure = new TreeSet<>(ids);
        ids.addAll(TaggedDiscovery.instances(tagged));
        before.of(ResourceKind.INSTANCE).forEach(instance -> ids.add(instance.id()));
        add(tier(withListeners(named()), ids), found);
        found.values().removeIf(part -> isLongGone(part) && !sure.contains(part.id()));
        boolean wide = discovery.find().tags().isEmpty()
                && discovery.find().named(ResourceKind.LOAD_BALANCER).isEmpty();
        if (wide) {
            Belonging belonging = new Belonging(discovery, warnings);
            for (List<Resource> more = behind(found, belonging); !more.isEmpty(); more = behind(found, belonging)) {
                add(tier(withListeners(more), Set.of()), found);
            }
            belonging.conclude();
        }
        return List.copyOf(found.values());
    }

    /** Tags are told for an hour after an instance has ended; it is no part of a stack that it was not seen in. */
    private boolean isLongGone(Resource part) {
        return part.kind() == ResourceKind.INSTANCE
                && "terminated".equals(part.facts().get("state"))
                && !part.facts().containsKey("scaling-group")
                && before.of(ResourceKind.INSTANCE).stream()
                        .noneMatch(instance -> instance.id().equals(part.id()));
    }

    private static void add(List<Resource> parts, Map<String, Resource> found) {
        parts.forEach(part -> found.putIfAbsent(part.kind() + " " + part.id(), part));
    }

    private Set<String> namedInstances() throws InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (String name : discovery.find().named(ResourceKind.INSTANCE)) {
            Landmark landmark = new Landmark("find.instance", "instance", name, discovery.region());
            ids.addAll(Discovery.landmarked(landmark, () -> instances().named(landmark), Set.<String>of(), problems));
        }
        return ids;
    }

    private InstanceDiscovery instances() {
        return new InstanceDiscovery(
                discovery.services().ec2(), discovery.services().loadBalancing(), discovery.calls());
    }

    private BalancerDiscovery balancers() {
        return new BalancerDiscovery(discovery.services().loadBalancing(), discovery.calls());
    }

    private List<Resource> named() throws InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        discovery.find().loadBalancer().ifPresent(names::add);
        names.addAll(discovery.find().named(ResourceKind.LOAD_BALANCER));
        names.addAll(TaggedDiscovery.balancers(tagged));
        List<Resource> known = Discovery.of(before.resources(), BALANCING);
        List<Resource> found = new ArrayList<>();
        for (String name : names) {
            Landmark landmark = new Landmark("find.load-balancer", "load balancer", name, discovery.region());
            found.addAll(Discovery.landmarks(landmark, () -> balancers().find(landmark), known, problems));
        }
        return found;
    }

    /** Internal load balancers of the network that belong to what was found, and were not found yet. */
    private List<Resource> behind(Map<String, Resource> found, Belonging belonging) throws InterruptedException {
        Optional<String> vpc = Discovery.network(found.values());
        if (vpc.isEmpty()) {
            return List.of();
        }
        Set<String> arns = found.values().stream()
                .map(part -> part.facts().getOrDefault("arn", ""))
                .collect(Collectors.toSet());
        Set<String> ignored = discovery.find().ignored();
        List<Resource> candidates = Discovery.optional(
                        "internal load balancers", () -> balancers().internal(vpc.get()), List.<Resource>of(), warnings)
                .stream()
                .filter(candidate -> !arns.contains(candidate.facts().getOrDefault("arn", "")))
                .filter(candidate -> !ignored.contains(candidate.id())
                        && !ignored.contains(candidate.facts().getOrDefault("name", "")))
                .toList();
        List<Resource> more = new ArrayList<>();
        for (Resource ours : belonging.balancers(candidates, seen(found))) {
            Landmark landmark = new Landmark(
                    "find.load-balancer", "load balancer", ours.facts().getOrDefault("arn", ""), discovery.region());
            more.addAll(Discovery.optional(
                    "load balancer " + ours.id(), () -> balancers().find(landmark), List.<Resource>of(), warnings));
        }
        return more;
    }

    /** What is found, and what was before: some of it may have gone since, as instances do. */
    private List<Resource> seen(Map<String, Resource> found) {
        return Stream.concat(found.values().stream(), before.resources().stream())
                .toList();
    }

    private List<Resource> withListeners(List<Resource> balancing) throws InterruptedException {
        List<Resource> parts = new ArrayList<>();
        for (Resource part : balancing) {
            if (part.facts().containsKey("dns-name")) {
                String arn = part.facts().getOrDefault("arn", "");
                Facts listeners = Discovery.optional(
                        "listeners of " + part.id(), () -> balancers().listeners(arn), new Facts(), warnings);
                parts.add(listeners.addedTo(part));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    /** These load balancers and target groups, with the scaling groups and instances behind them. */
    private List<Resource> tier(List<Resource> balancing, Set<String> instanceIds) throws InterruptedException {
        List<Resource> targetGroups = Discovery.of(balancing, ResourceKind.TARGET_GROUP);
        List<Resource> parts = new ArrayList<>(balancing);
        Groups groups = groups(targetGroups);
        parts.addAll(
                new LaunchDiscovery(discovery.services().ec2(), discovery.calls()).resolved(groups.groups(), warnings));
        parts.addAll(instances(targetGroups, instanceIds, groups.members()));
        return parts;
    }

    private Groups groups(List<Resource> targetGroups) throws InterruptedException {
        Set<String> arns = targetGroups.stream()
                .map(group -> group.facts().getOrDefault("arn", ""))
                .collect(Collectors.toSet());
        Set<String> names = Set.copyOf(TaggedDiscovery.scalingGroups(tagged));
        if (arns.isEmpty() && names.isEmpty()) {
            return new Groups(List.of(), new TreeMap<>());
        }
        Groups known = new Groups(before.of(ResourceKind.SCALING_GROUP), new TreeMap<>());
        return Discovery.attempt(
                () -> new GroupDiscovery(discovery.services().autoScaling(), discovery.calls()).find(arns, names),
                known,
                problems);
    }

    private List<Resource> instances(
            List<Resource> targetGroups, Set<String> instanceIds, SortedMap<String, String> members)
            throws InterruptedException {
        Map<String, Resource> instances = new LinkedHashMap<>();
        Set<String> ids = new TreeSet<>(instanceIds);
        ids.addAll(members.keySet());
        ids.addAll(Discovery.attempt(() -> instances().targets(targetGroups), Set.<String>of(), problems));
        SortedMap<String, String> groups = new TreeMap<>();
        for (Resource instance : before.of(ResourceKind.INSTANCE)) {
            if (ids.contains(instance.id())) {
                instances.put(instance.id(), instance);
                Optional.ofNullable(instance.facts().get("scaling-group"))
                        .ifPresent(group -> groups.put(instance.id(), group));
            }
        }
        groups.putAll(members);
        for (String id : ids) {
            instances.computeIfAbsent(
                    id,
                    unseen -> new Facts().with("scaling-group", groups.get(id)).of(ResourceKind.INSTANCE, id));
        }
        Discovery.attempt(() -> instances().describe(ids, groups), List.<Resource>of(), problems)
                .forEach(instance -> instances.put(instance.id(), instance));
        Map<String, String> addresses = Discovery.optional(
                "Elastic IP addresses", () -> instances().addresses(ids), Map.<String, String>of(), warnings);
        addresses.forEach((id, address) -> instances.computeIfPresent(
                id, (same, instance) -> new Facts().with("elastic-ip", address).addedTo(instance)));
        return List.copyOf(instances.values());
    }
}
