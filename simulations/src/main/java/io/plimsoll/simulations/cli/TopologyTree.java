package io.plimsoll.simulations.cli;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A stack as a tree: load balancers with their target groups, groups with their instances, databases with replicas. */
final class TopologyTree {
    /** Facts that a line shows, in this order. */
    private static final List<String> SHOWN = List.of(
            "dns-name",
            "type",
            "class",
            "node-type",
            "engine",
            "version",
            "region",
            "zone",
            "zones",
            "state",
            "status",
            "min",
            "max",
            "desired",
            "port",
            "launch-template",
            "in",
            "domain",
            "metrics-filter",
            "corrected");

    /** Shown as part of another line. */
    private static final Set<ResourceKind> INLINE = EnumSet.of(ResourceKind.ZONE, ResourceKind.TARGET_GROUP_ZONE);

    private final Topology topology;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Resource> left = new LinkedHashMap<>();

    private TopologyTree(Topology topology) {
        this.topology = topology;
        topology.resources().stream()
                .filter(part -> !INLINE.contains(part.kind()))
                .forEach(part -> left.put(key(part), part));
    }

    /** The tree, a line for each part. */
    static String of(Topology topology) {
        TopologyTree tree = new TopologyTree(topology);
        tree.print();
        return tree.text.toString();
    }

    private void print() {
        while (!left.isEmpty()) {
            Resource root = left.values().stream()
                    .filter(part -> parent(part).isEmpty())
                    .findFirst()
                    .orElseGet(() -> left.values().iterator().next());
            print(root, 0);
        }
    }

    private void print(Resource part, int depth) {
        left.remove(key(part));
        text.append("  ".repeat(depth)).append(part.kind().word()).append(' ').append(part.id());
        String facts = SHOWN.stream()
                .filter(fact -> part.facts().containsKey(fact))
                .map(fact -> fact + " " + part.facts().get(fact))
                .collect(Collectors.joining(", "));
        text.append(facts.isEmpty() ? "" : "  (" + facts + ")").append('\n');
        policies(part, depth + 1);
        List.copyOf(left.values()).stream()
                .filter(child -> left.containsKey(key(child)))
                .filter(child -> parent(child).map(key(part)::equals).orElse(false))
                .forEach(child -> print(child, depth + 1));
    }

    private void policies(Resource part, int depth) {
        part.facts().forEach((fact, value) -> {
            if (fact.startsWith("policy ") || fact.startsWith("alarm ") || fact.startsWith("listener ")) {
                text.append("  ".repeat(depth))
                        .append(fact)
                        .append(": ")
                        .append(value)
                        .append('\n');
            }
        });
    }

    /** Key of the part that a part belongs to; empty if it stands alone or the other is not known. */
    private Optional<String> parent(Resource part) {
        return switch (part.kind()) {
            case TARGET_GROUP ->
                known(
                        part,
                        "load-balancer",
                        kind -> kind == ResourceKind.LOAD_BALANCER || kind == ResourceKind.NETWORK_LOAD_BALANCER);
            case INSTANCE -> known(part, "scaling-group", kind -> kind == ResourceKind.SCALING_GROUP);
            case VOLUME -> known(part, "instance", kind -> kind == ResourceKind.INSTANCE);
            case REPLICA ->
                known(part, "replica-of", kind -> kind == ResourceKind.DATABASE)
                        .or(() -> known(part, "cluster", kind -> kind == ResourceKind.DATABASE_CLUSTER));
            case DATABASE -> known(part, "cluster", kind -> kind == ResourceKind.DATABASE_CLUSTER);
            case CACHE_NODE -> known(part, "cluster", kind -> kind == ResourceKind.CACHE);
            default -> Optional.empty();
        };
    }

    private Optional<String> known(Resource part, String fact, Predicate<ResourceKind> kind) {
        String id = part.facts().getOrDefault(fact, "");
        return topology.resources().stream()
                .filter(other -> kind.test(other.kind()) && other.id().equals(id))
                .map(TopologyTree::key)
                .findFirst();
    }

    private static String key(Resource part) {
        return part.kind() + " " + part.id();
    }
}
