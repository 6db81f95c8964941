package io.plimsoll.environments.local.descriptor;

import io.plimsoll.environments.local.descriptor.StackDescriptor.Binaries;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Faults;
import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Service;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code stack:} section of an environment file. */
public final class StackDescriptorReader {
    private StackDescriptorReader() {}

    /**
     * Reads a whole environment file; keys of other parts of the file are others' to check.
     *
     * @param root the file
     * @param stage the stage to start, one that the file lists
     * @param kinds how each kind of part is read
     * @throws DocumentException naming file, line, key and rule
     */
    public static StackDescriptor read(Node root, String stage, Map<String, PartKind> kinds) {
        root.required("kind").oneOf(List.of("embedded"));
        List<String> stages = Values.texts(Optional.of(root.required("stages")));
        if (!stages.contains(stage)) {
            throw new DocumentException(root.required("stages").place() + ": stages: this environment cannot be '"
                    + stage + "'; valid: " + String.join(", ", stages));
        }
        Node stack = root.required("stack");
        stack.allowOnly("zones", "instance-types", "service", "parts", "stages", "faults", "binaries");
        List<String> zones = Values.texts(Optional.of(stack.required("zones")));
        if (zones.isEmpty()) {
            throw stack.required("zones").error("must name at least one availability zone");
        }
        Common common = new Common(
                root.required("region").text(),
                zones,
                instanceTypes(stack.required("instance-types")),
                service(stack.required("service")),
                faults(stack.required("faults")),
                binaries(stack.optional("binaries")));
        return new StackDescriptor(stage, common, StageParts.read(stack, stage, stages, kinds, common));
    }

    private static Map<String, InstanceType> instanceTypes(Node node) {
        Map<String, InstanceType> types = new HashMap<>();
        node.mapping().forEach((name, type) -> {
            type.allowOnly("vcpus", "memory", "volume", "network", "price-per-hour");
            types.put(
                    name,
                    new InstanceType(
                            name,
                            type.required("vcpus").number(0.1, 64),
                            Values.size(type.required("memory"), 32L << 20, 4L << 30),
                            Values.size(type.required("volume"), 64L << 20, 64L << 30),
                            Values.size(type.required("network"), 8L << 10, 4L << 30),
                            type.required("price-per-hour").number(0, 1_000)));
        });
        return types;
    }

    private static Service service(Node node) {
        List<String> keys = new ArrayList<>(List.of("queue-limit", "connections", "items"));
        Service.COSTS.forEach(kind -> keys.add(kind + "-cost"));
        node.allowOnly(keys.toArray(String[]::new));
        Duration least = Duration.ofNanos(1_000);
        Duration most = Duration.ofSeconds(10);
        Map<String, Duration> costs = new HashMap<>();
        Service.COSTS.forEach(kind -> costs.put(kind, Values.within(node.required(kind + "-cost"), least, most)));
        return new Service(
                costs,
                Values.within(node.required("queue-limit"), Duration.ZERO, most),
                node.required("connections").integer(1, 32),
                node.required("items").integer(0, 200_000));
    }

    private static Faults faults(Node node) {
        node.allowOnly(
                "replica-delay", "replica-stopped", "refuse", "database-port-open", "unpublished", "logs-unshipped");
        return new Faults(
                Values.within(node.required("replica-delay"), Duration.ZERO, Values.LONGEST),
                node.required("replica-stopped").flag(),
                Values.texts(Optional.of(node.required("refuse"))),
                node.optional("database-port-open").map(Node::flag).orElse(false),
                Values.texts(node.optional("unpublished")),
                node.optional("logs-unshipped").map(Node::flag).orElse(false));
    }

    private static Binaries binaries(Optional<Node> section) {
        section.ifPresent(node -> node.allowOnly("mariadbd", "redis-server"));
        return new Binaries(
                section.flatMap(node -> node.optional("mariadbd")).map(Values::executable),
                section.flatMap(node -> node.optional("redis-server")).map(Values::executable));
    }
}
