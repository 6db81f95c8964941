package io.plimsoll.simulations.probe;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many hosts of a group are configured unlike most of it, second by second: their type, image or security groups
 * differ. A host that someone has changed by hand, or that an old template has launched, is one.
 */
final class HostDrift {
    private static final List<String> CONFIGURATION = List.of("type", "image", "security-groups");

    private HostDrift() {}

    /** Of a group; empty if no host is known to be its member. */
    static Optional<Series> of(Resource group, Topology topology, TimeWindow window) {
        List<Resource> members = topology.of(ResourceKind.INSTANCE).stream()
                .filter(host -> group.id().equals(host.facts().get("scaling-group")))
                .filter(host ->
                        CONFIGURATION.stream().anyMatch(fact -> host.facts().containsKey(fact)))
                .toList();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> counts = members.stream()
                .collect(Collectors.groupingBy(HostDrift::configuration, TreeMap::new, Collectors.counting()));
        String usual = counts.entrySet().stream()
                .max(Comparator.comparing(Map.Entry<String, Long>::getValue))
                .orElseThrow()
                .getKey();
        List<Resource> drifted = members.stream()
                .filter(host -> !configuration(host).equals(usual))
                .toList();
        Seconds seconds = Seconds.maxima();
        for (Instant at = window.start(); at.isBefore(window.end()); at = at.plusSeconds(1)) {
            Instant now = at;
            seconds.add(at, (double)
                    drifted.stream().filter(host -> existed(host, now)).count());
        }
        return Optional.of(seconds.series("drifted hosts", group.id()));
    }

    private static String configuration(Resource host) {
        return CONFIGURATION.stream()
                .map(key -> host.facts().getOrDefault(key, ""))
                .collect(Collectors.joining(" | "));
    }

    private static boolean existed(Resource host, Instant at) {
        return host.existedFrom().filter(at::isBefore).isEmpty()
                && host.existedUntil().filter(until -> !at.isBefore(until)).isEmpty();
    }
}
