package io.plimsoll.simulations;

import io.plimsoll.assertions.judgement.Validity;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notes what someone changed of the stack while a run went on: the configuration of a resource that was there at its begin
 * and still is at its end. What comes and goes, and what a group scales, is no change of configuration.
 */
final class StackChange {
    /** Facts that only a person or a deployment changes. */
    private static final Set<String> CONFIGURED = Set.of(
            "engine",
            "version",
            "class",
            "type",
            "node-type",
            "nodes",
            "image",
            "scheme",
            "protocol",
            "port",
            "target-type",
            "health-check-path",
            "health-check-interval-seconds",
            "healthy-threshold",
            "unhealthy-threshold",
            "warm-up-seconds",
            "cooldown-seconds",
            "launch-template",
            "configuration");

    private StackChange() {}

    /**
     * The stack as it is at the end, with {@link Validity#CHANGED} on each resource that was changed. What the run itself
     * did to a resource, on purpose, is its own business.
     *
     * @param events what happened, disturbances among it
     */
    static Topology noted(Topology begin, Topology end, List<Event> events) {
        Set<String> disturbed = events.stream()
                .filter(event -> event.kind() == Event.Kind.DISTURBANCE)
                .flatMap(event -> Stream.of(event.resource().split(",", -1)))
                .collect(Collectors.toSet());
        return new Topology(end.resources().stream()
                .map(resource -> begin.of(resource.kind()).stream()
                        .filter(earlier -> earlier.id().equals(resource.id()) && !disturbed.contains(resource.id()))
                        .findFirst()
                        .map(earlier -> noted(earlier, resource))
                        .orElse(resource))
                .toList());
    }

    private static Resource noted(Resource begin, Resource end) {
        List<String> changes = CONFIGURED.stream()
                .sorted()
                .flatMap(fact -> change(fact, begin.facts(), end.facts()))
                .toList();
        if (changes.isEmpty()) {
            return end;
        }
        TreeMap<String, String> facts = new TreeMap<>(end.facts());
        facts.put(Validity.CHANGED, changes.stream().collect(Collectors.joining(", ")));
        return new Resource(end.kind(), end.id(), end.existedFrom(), end.existedUntil(), facts);
    }

    /** A fact that was not told at one of the times is no change. */
    private static Stream<String> change(String fact, Map<String, String> begin, Map<String, String> end) {
        String before = begin.getOrDefault(fact, "");
        String after = end.getOrDefault(fact, "");
        return before.isEmpty() || after.isEmpty() || before.equals(after)
                ? Stream.empty()
                : Stream.of(fact + " from " + before + " to " + after);
    }
}
