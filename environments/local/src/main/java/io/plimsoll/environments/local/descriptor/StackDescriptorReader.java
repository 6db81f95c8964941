package io.plimsoll.environments.local.descriptor;

import io.plimsoll.environments.local.descriptor.StackDescriptor.Balancer;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Binaries;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Cache;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Database;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Faults;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Group;
import io.plimsoll.environments.local.descriptor.StackDescriptor.InstanceType;
import io.plimsoll.environments.local.descriptor.StackDescriptor.Service;
import io.plimsoll.environments.local.descriptor.StackDescriptor.TargetTracking;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code stack:} section of an environment file. */
public final class StackDescriptorReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KiB|MiB|GiB)");
    private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofHours(1);

    private StackDescriptorReader() {}

    /**
     * Reads a whole environment file; keys of other parts of the file are
     * others' to check.
     *
     * @param root the file
     * @param stage the stage to start, one that the file lists
     * @throws DocumentException naming file, line, key and rule
     */
    public static StackDescriptor read(Node root, String stage) {
        root.required("kind").oneOf(List.of("embedded"));
        List<String> stages =
                root.required("stages").items().stream().map(Node::text).toList();
        if (!stages.contains(stage)) {
            throw new DocumentException(root.required("stages").place() + ": stages: this environment cannot be '"
                    + stage + "'; valid: " + String.join(", ", stages));
        }
        Node stack = root.required("stack");
        stack.allowOnly(
                "zones", "instance-types", "service", "balancer", "group", "database", "cache", "faults", "binaries");
        List<String> zones =
                stack.required("zones").items().stream().map(Node::text).toList();
        if (zones.isEmpty()) {
            throw stack.required("zones").error("must name at least one availability zone");
        }
        return new StackDescriptor(
                root.required("region").text(),
                stage,
                zones,
                service(stack.required("service")),
                balancer(stack.required("balancer")),
                group(stack.required("group"), stack.required("instance-types")),
                database(stack.required("database")),
                cache(stack.required("cache")),
                faults(stack.required("faults")),
                binaries(stack.optional("binaries")));
    }

    private static Service service(Node node) {
        node.allowOnly("read-cost", "write-cost", "queue-limit", "items");
        Duration least = Duration.ofNanos(1_000);
        Duration most = Duration.ofSeconds(10);
        return new Service(
                within(node.required("read-cost"), least, most),
                within(node.required("write-cost"), least, most),
                within(node.required("queue-limit"), Duration.ZERO, most),
                node.required("items").integer(0, 200_000));
    }

    private static Balancer balancer(Node node) {
        node.allowOnly(
                "name",
                "target-group",
                "health-check-interval",
                "health-check-timeout",
                "healthy-threshold",
                "unhealthy-threshold",
                "deregistration-delay");
        return new Balancer(
                name(node.required("name")),
                name(node.required("target-group")),
                within(node.required("health-check-interval"), SHORTEST, LONGEST),
                within(node.required("health-check-timeout"), SHORTEST, LONGEST),
                node.required("healthy-threshold").integer(1, 10),
                node.required("unhealthy-threshold").integer(1, 10),
                within(node.required("deregistration-delay"), Duration.ZERO, LONGEST));
    }

    private static Group group(Node node, Node types) {
        node.allowOnly("name", "instance-type", "min", "max", "desired", "warm-up", "policy");
        int min = node.required("min").integer(0, 16);
        int max = node.required("max").integer(Math.max(min, 1), 16);
        Node desired = node.required("desired");
        return new Group(
                name(node.required("name")),
                instanceType(node.required("instance-type"), types),
                min,
                max,
                desired.integer(min, max),
                within(node.required("warm-up"), Duration.ZERO, LONGEST),
                policy(node.required("policy")));
    }

    private static InstanceType instanceType(Node chosen, Node types) {
        String name = chosen.oneOf(types.keys());
        Node type = types.required(name);
        type.allowOnly("vcpus", "memory");
        return new InstanceType(
                name, type.required("vcpus").number(0.1, 64), size(type.required("memory"), 32L << 20, 4L << 30));
    }

    private static TargetTracking policy(Node node) {
        node.allowOnly("type", "metric", "target", "scale-out-datapoints", "scale-in-datapoints");
        node.required("type").oneOf(List.of("target-tracking"));
        return new TargetTracking(
                node.required("metric").oneOf(List.of("ASGAverageCPUUtilization")),
                node.required("target").number(1, 99),
                node.required("scale-out-datapoints").integer(1, 60),
                node.required("scale-in-datapoints").integer(1, 60));
    }

    private static Database database(Node node) {
        node.allowOnly("id", "replicas");
        return new Database(name(node.required("id")), node.required("replicas").integer(1, 4));
    }

    private static Cache cache(Node node) {
        node.allowOnly("id", "max-memory");
        return new Cache(name(node.required("id")), size(node.required("max-memory"), 2L << 20, 4L << 30));
    }

    private static Faults faults(Node node) {
        node.allowOnly("replica-delay", "replica-stopped", "refuse");
        return new Faults(
                within(node.required("replica-delay"), Duration.ZERO, LONGEST),
                node.required("replica-stopped").flag(),
                node.required("refuse").items().stream().map(Node::text).toList());
    }

    private static Binaries binaries(Optional<Node> section) {
        section.ifPresent(node -> node.allowOnly("mariadbd", "redis-server"));
        return new Binaries(
                section.flatMap(node -> node.optional("mariadbd")).map(StackDescriptorReader::executable),
                section.flatMap(node -> node.optional("redis-server")).map(StackDescriptorReader::executable));
    }

    private static Path executable(Node node) {
        Path file = Path.of(node.text());
        if (!Files.isExecutable(file)) {
            throw node.error("must be an executable file");
        }
        return file.toAbsolutePath();
    }

    private static String name(Node node) {
        String name = node.text();
        if (!NAME.matcher(name).matches()) {
            throw node.error("must be a letter and then up to 31 letters, digits or hyphens");
        }
        return name;
    }

    private static Duration within(Node node, Duration least, Duration most) {
        Duration duration = node.duration();
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw node.error("must be in [" + Durations.print(least) + ", " + Durations.print(most) + "]");
        }
        return duration;
    }

    private static long size(Node node, long least, long most) {
        Matcher matcher = SIZE.matcher(node.text());
        if (!matcher.matches()) {
            throw node.error("must be a size such as '64 MiB' (KiB, MiB or GiB)");
        }
        long bytes = Long.parseLong(matcher.group(1)) * BYTES.getOrDefault(matcher.group(2), 0L);
        if (bytes < least || bytes > most) {
            throw node.error("must be in [" + (least >> 20) + " MiB, " + (most >> 20) + " MiB]");
        }
        return bytes;
    }
}
