package io.plimsoll.environments.aws.descriptor;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a deployed service is probed from outside; section {@code probe} of a descriptor.
 *
 * @param addresses further URLs that requests can name, such as {@code cdn}; the service itself is {@code base-url}
 * @param openPorts ports that must be open at the service's host
 * @param closedPorts ports that must not be; knocked at, never spoken to
 * @param views products that are asked whether they saw a fault
 */
public record Probing(
        SortedMap<String, String> addresses,
        SortedSet<Integer> openPorts,
        SortedSet<Integer> closedPorts,
        List<View> views) {
    public Probing {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        openPorts = Collections.unmodifiableSortedSet(new TreeSet<>(openPorts));
        closedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(closedPorts));
        views = List.copyOf(views);
    }

    /** No port is knocked at. */
    public static Probing nothing() {
        return of(Map.of(), Set.of(), Set.of(), List.of());
    }

    static Probing of(
            Map<String, String> addresses, Set<Integer> openPorts, Set<Integer> closedPorts, List<View> views) {
        return new Probing(new TreeMap<>(addresses), new TreeSet<>(openPorts), new TreeSet<>(closedPorts), views);
    }
}
