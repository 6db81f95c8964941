package io.plimsoll.results.observation;

import java.util.List;

/**
 * The deployed stack as discovered.
 *
 * @param resources every part found, ordered by kind and id
 */
public record Topology(List<Resource> resources) {
    public Topology {
        resources = List.copyOf(resources);
    }

    /** The parts of one kind, in order; empty if there is none. */
    public List<Resource> of(ResourceKind kind) {
        return resources.stream().filter(resource -> resource.kind() == kind).toList();
    }
}
