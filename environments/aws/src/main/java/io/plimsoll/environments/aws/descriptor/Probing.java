package io.plimsoll.environments.aws.descriptor;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
 * @param adminRules further rules that security groups of public parts may have, such as {@code tcp 22 203.0.113.0/24}
 * @param outboundRules the only rules by which public parts may send; empty if nothing is said about that
 * @param views products that are asked whether they saw a fault
 */
public record Probing(
        SortedMap<String, String> addresses,
        SortedSet<Integer> openPorts,
        SortedSet<Integer> closedPorts,
        SortedSet<String> adminRules,
        Optional<SortedSet<String>> outboundRules,
        List<View> views) {
    public Probing {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
        openPorts = Collections.unmodifiableSortedSet(new TreeSet<>(openPorts));
        closedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(closedPorts));
        adminRules = Collections.unmodifiableSortedSet(new TreeSet<>(adminRules));
        outboundRules = outboundRules.map(rules -> Collections.unmodifiableSortedSet(new TreeSet<>(rules)));
        views = List.copyOf(views);
    }

    /** No port is knocked at. */
    public static Probing nothing() {
        return new Probing(
                new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty(), List.of());
    }
}
