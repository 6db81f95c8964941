package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.fleet.ServiceProgram;
import io.plimsoll.environments.local.measure.InstanceMetrics;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Instances of one kind: they run the same program, are of one type, and are the targets of one target group, which has
 * the fleet's name.
 *
 * @param name name of the part
 * @param type instance type
 * @param behind the load balancer
 * @param services the parts that its service uses
 * @param common what the parts share
 */
record FleetSpec(String name, InstanceType type, String behind, List<String> services, Common common)
        implements PartSpec {
    private static final Duration CACHE_TTL = Duration.ofMinutes(5);

    FleetSpec {
        services = List.copyOf(services);
    }

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "type", "behind", "uses");
        return new FleetSpec(
                name,
                common.instanceType(node.required("type")),
                node.required("behind").text(),
                Values.texts(node.optional("uses")),
                common);
    }

    @Override
    public List<String> uses() {
        List<String> uses = new ArrayList<>(services);
        uses.add(behind);
        return uses;
    }

    @Override
    public Part start(Site site) {
        Map<String, String> settings = settings(site);
        TargetGroup targets =
                site.part(behind, BalancerSpec.Running.class).balancer().group(Common.resourceName(name));
        InstanceMetrics metrics = new InstanceMetrics(
                site.metrics(),
                type.memoryBytes(),
                Optional.of(Common.resourceName(name)),
                instanceId -> isHealthy(targets, instanceId));
        InstanceFleet fleet = new InstanceFleet(
                name,
                site.guardian(),
                ServiceProgram.prepare(site.userCache(), site.guardian(), settings),
                settings,
                type,
                targets,
                metrics::publish,
                site.executor());
        return new RunningFleet(this, fleet);
    }

    private Map<String, String> settings(Site site) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("vcpus", Double.toString(type.vcpus()));
        settings.put("read-cost", common.service().readCost().toString());
        settings.put("write-cost", common.service().writeCost().toString());
        settings.put("queue-limit", common.service().queueLimit().toString());
        settings.put("cache-ttl", CACHE_TTL.toString());
        site.parts(services).forEach(part -> settings.putAll(part.settings()));
        return settings;
    }

    private static boolean isHealthy(TargetGroup targets, String instanceId) {
        return targets.views().stream()
                .anyMatch(target ->
                        target.instanceId().equals(instanceId) && target.health() == TargetView.Health.HEALTHY);
    }
}
