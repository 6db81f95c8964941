package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds what surrounds a load balancer and its instances; whatever is refused becomes a warning.
 *
 * @param known what an earlier look saw: the security groups that it bore are looked at again
 */
record Surroundings(Discovery discovery, List<Resource> known, Set<String> warnings) {
    /**
     * Everything around.
     *
     * @param core load balancers, groups, instances, databases and caches
     * @param tagged ARNs of what bears the stack's tags
     * @param vpc the load balancer's network, if it is known
     */
    List<Resource> find(List<Resource> core, List<String> tagged, Optional<String> vpc) throws InterruptedException {
        Map<String, Resource> found = new LinkedHashMap<>();
        network(core, vpc).forEach(part -> found.putIfAbsent(part.kind() + part.id(), part));
        edge(core, tagged).forEach(part -> found.putIfAbsent(part.kind() + part.id(), part));
        managed(core, tagged).forEach(part -> found.putIfAbsent(part.kind() + part.id(), part));
        for (String shard : discovery.find().named(ResourceKind.SHARD)) {
            found.put(ResourceKind.SHARD + shard, shard(core, shard));
        }
        return List.copyOf(found.values());
    }

    private List<Resource> managed(List<Resource> core, List<String> tagged) throws InterruptedException {
        InstanceDiscovery targets = new InstanceDiscovery(
                discovery.services().ec2(), discovery.services().loadBalancing(), discovery.calls());
        List<Resource> calling = Discovery.of(core, ResourceKind.TARGET_GROUP).stream()
                .filter(group -> "lambda".equals(group.facts().get("target-type")))
                .toList();
        Set<String> functions = Discovery.optional(
                "functions behind the load balancer", () -> targets.functions(calling), Set.<String>of(), warnings);
        return new ManagedDiscovery(discovery, tagged, warnings).find(functions);
    }

    private static Resource shard(List<Resource> core, String id) {
        return core.stream()
                .filter(part ->
                        part.kind() == ResourceKind.DATABASE && part.id().equals(id))
                .map(part -> Resource.of(ResourceKind.SHARD, id, part.facts()))
                .findFirst()
                .orElseGet(() -> TaggedDiscovery.simple(ResourceKind.SHARD, id));
    }

    private List<Resource> network(List<Resource> core, Optional<String> vpc) throws InterruptedException {
        NetworkDiscovery network = new NetworkDiscovery(discovery.services().ec2(), discovery.calls());
        List<Resource> parts = new ArrayList<>();
        List<Resource> bearers = Stream.concat(core.stream(), known.stream())
                .filter(part -> part.facts().containsKey("security-groups"))
                .toList();
        parts.addAll(Discovery.optional(
                "security groups", () -> network.securityGroups(bearers), List.<Resource>of(), warnings));
        parts.addAll(Discovery.optional(
                "volumes",
                () -> network.volumes(Discovery.of(core, ResourceKind.INSTANCE)),
                List.<Resource>of(),
                warnings));
        if (vpc.isPresent()) {
            parts.addAll(Discovery.optional(
                    "NAT gateways", () -> network.natGateways(vpc.get()), List.<Resource>of(), warnings));
        }
        return parts;
    }

    private List<Resource> edge(List<Resource> core, List<String> tagged) throws InterruptedException {
        EdgeDiscovery edge = new EdgeDiscovery(discovery.services().beyond(), discovery.calls());
        Set<String> hosts = new TreeSet<>(discovery.hosts());
        core.stream()
                .flatMap(part -> Stream.of("dns-name", "elastic-ip")
                        .map(fact -> part.facts().get(fact)))
                .filter(Objects::nonNull)
                .forEach(hosts::add);
        List<Resource> parts = new ArrayList<>();
        if (hosts.isEmpty() && tagged.isEmpty()) {
            return parts;
        }
        List<Resource> distributions = Discovery.optional(
                "distributions",
                () -> edge.distributions(hosts, both(ResourceKind.DISTRIBUTION, tagged)),
                List.<Resource>of(),
                warnings);
        parts.addAll(distributions);
        Set<String> buckets = new TreeSet<>(EdgeDiscovery.buckets(distributions));
        buckets.addAll(both(ResourceKind.BUCKET, tagged));
        for (String bucket : buckets) {
            parts.add(Discovery.optional(
                    "request metrics and encryption of bucket " + bucket,
                    () -> edge.bucket(bucket),
                    TaggedDiscovery.simple(ResourceKind.BUCKET, bucket),
                    warnings));
        }
        parts.addAll(Discovery.optional(
                "health checks",
                () -> edge.healthChecks(hosts, both(ResourceKind.HEALTH_CHECK, tagged)),
                List.<Resource>of(),
                warnings));
        parts.addAll(Discovery.optional("hosted zones", () -> edge.hostedZones(hosts), List.<Resource>of(), warnings));
        return parts;
    }

    private List<String> both(ResourceKind kind, List<String> tagged) {
        List<String> ids = new ArrayList<>(discovery.find().named(kind));
        ids.addAll(TaggedDiscovery.ids(kind, tagged));
        return ids;
    }
}
