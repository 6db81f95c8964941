package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.LoadBalancer;
import io.plimsoll.environments.local.balancer.TargetGroup;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Service;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.fleet.Boot;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.fleet.ServiceProgram;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.service.Role;
import io.plimsoll.environments.local.service.StaticContent;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.results.document.Document.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Instances of one kind: they run the same program, are of one type, and are the targets of one target group, which has
 * the fleet's name. A fleet launches none by itself: a fixed size or a scaling group does.
 *
 * @param name name of the part
 * @param tier tier of the stack that it is; AWS's tag {@code tier}
 * @param role what they do of the service
 * @param type instance type
 * @param behind the load balancer; empty if there is none
 * @param services the parts that its service uses
 * @param hosts what else is on its one instance: {@code database} and {@code static-files}
 * @param tls whether its instances speak TLS as well, on a port of its own
 * @param readsPrimary whether it reads from the primary although there are replicas
 * @param common what the parts share
 */
record FleetSpec(
        String name,
        String tier,
        Role role,
        InstanceType type,
        Optional<String> behind,
        List<String> services,
        List<String> hosts,
        boolean tls,
        boolean readsPrimary,
        Common common)
        implements PartSpec {
    private static final String DATABASE = "database";
    private static final String STATIC_FILES = "static-files";
    private static final Duration CACHE_TTL = Duration.ofMinutes(5);

    FleetSpec {
        services = List.copyOf(services);
        hosts = List.copyOf(hosts);
    }

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "tier", "runs", "type", "behind", "uses", "hosts", "tls", "reads-from");
        return new FleetSpec(
                name,
                node.optional("tier").map(Node::text).orElse(name),
                Role.of(node.required("runs").oneOf(Role.words())),
                common.instanceType(node.required("type")),
                node.optional("behind").map(Node::text),
                Values.texts(node.optional("uses")),
                node.optional("hosts").map(Node::items).orElse(List.of()).stream()
                        .map(item -> item.oneOf(List.of(DATABASE, STATIC_FILES)))
                        .toList(),
                node.optional("tls").map(Node::flag).orElse(false),
                node.optional("reads-from")
                        .filter(from ->
                                from.oneOf(List.of("replicas", "primary")).equals("primary"))
                        .isPresent(),
                common);
    }

    @Override
    public List<String> uses() {
        List<String> uses = new ArrayList<>(services);
        behind.ifPresent(uses::add);
        return uses;
    }

    @Override
    public Part start(Site site) {
        Map<String, String> settings = settings(site);
        Optional<HostedDatabase> database =
                hosts.contains(DATABASE) ? Optional.of(HostedDatabase.start(name, common, site)) : Optional.empty();
        database.ifPresent(hosted -> settings.putAll(hosted.settings()));
        if (hosts.contains(STATIC_FILES)) {
            settings.put(STATIC_FILES, staticFiles(site).toString());
        }
        ServiceProgram program = ServiceProgram.prepare(site.userCache(), site.guardian(), settings);
        Optional<TargetGroup> targets = behind.flatMap(balancer -> site.find(balancer, BalancerSpec.Running.class))
                .map(running -> targets(running.balancer()));
        targets.ifPresent(group -> group.uplink(type.networkBytesPerSecond()));
        InstanceFleet fleet = new InstanceFleet(
                tier,
                new InstanceFleet.Sizes(type, common.instanceTypes()),
                new Boot(site.guardian(), program, settings, this::heapBytes, site.executor()),
                targets,
                id -> database.map(hosted -> hosted),
                site.executor());
        if (role == Role.WORKER) {
            WorkerDisturbances.register(site.disturbances(), fleet);
        }
        return RunningFleet.of(this, fleet, targets, database, site);
    }

    private TargetGroup targets(LoadBalancer balancer) {
        return balancer.groups().stream()
                .filter(group -> group.name().equals(Common.resourceName(name)))
                .findFirst()
                .orElseThrow(() -> new ProcessException("part '" + name + "' is behind '" + behind.orElseThrow()
                        + "', whose routes lead only to "
                        + balancer.groups().stream().map(TargetGroup::name).collect(Collectors.joining(", "))));
    }

    /** The type that an instance is of now. */
    InstanceType typeOf(InstanceView instance) {
        return common.instanceTypes().getOrDefault(instance.type(), type);
    }

    /** A database beside it takes more memory than the service does. */
    private long heapBytes(InstanceType size) {
        return hosts.contains(DATABASE) ? size.memoryBytes() / 4 : size.memoryBytes();
    }

    private Path staticFiles(Site site) {
        Path files = site.guardian().directory().resolve(name + "-static");
        try {
            StaticContent.writeTo(files);
            return files;
        } catch (IOException e) {
            throw new ProcessException(name + ": its static files cannot be written: " + e.getMessage(), e);
        }
    }

    private Map<String, String> settings(Site site) {
        Service service = common.service();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("role", role.word());
        settings.put("vcpus", Double.toString(type.vcpus()));
        service.costs().forEach((kind, cost) -> settings.put(kind + "-cost", cost.toString()));
        settings.put("queue-limit", service.queueLimit().toString());
        settings.put("connections", Integer.toString(service.connections()));
        settings.put("cache-ttl", CACHE_TTL.toString());
        if (tls) {
            settings.put(
                    "tls-key-store",
                    Certificates.of(site.userCache()).keyStore().toString());
        }
        site.parts(services).forEach(part -> settings.putAll(part.settings()));
        if (readsPrimary) {
            settings.put("replica-ports", "");
        }
        return settings;
    }
}
