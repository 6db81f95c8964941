package io.plimsoll.environments.local.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.util.List;
import java.util.Map;

/**
 * What all parts of a stack share.
 *
 * @param region AWS region that its AWS endpoint answers for
 * @param zones availability zones, at least one
 * @param instanceTypes instance types by name
 * @param service the reference service
 * @param faults what is broken on purpose
 * @param binaries where server binaries are, if not on the class path
 */
public record Common(
        String region,
        List<String> zones,
        Map<String, StackDescriptor.InstanceType> instanceTypes,
        StackDescriptor.Service service,
        StackDescriptor.Faults faults,
        StackDescriptor.Binaries binaries) {
    private static final String PREFIX = "plimsoll-";

    public Common {
        zones = List.copyOf(zones);
        instanceTypes = Map.copyOf(instanceTypes);
    }

    /** What AWS calls a part: {@code plimsoll-} and the part's name. */
    public static String resourceName(String part) {
        return PREFIX + part;
    }

    /** The instance type that a value names. */
    public StackDescriptor.InstanceType instanceType(Node node) {
        String name = node.oneOf(instanceTypes.keySet().stream().sorted().toList());
        StackDescriptor.InstanceType type = instanceTypes.get(name);
        if (type == null) {
            throw node.error("is no instance type");
        }
        return type;
    }
}
