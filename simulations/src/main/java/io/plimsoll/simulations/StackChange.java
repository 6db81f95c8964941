package io.plimsoll.simulations;

import io.plimsoll.assertions.judgement.Validity;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what someone else changed of the stack while a run went on from what the run itself did, on purpose. */
final class StackChange {
    private StackChange() {}

    /**
     * The stack as it is at the end, without {@link Validity#CHANGED} on what the run disturbed.
     *
     * @param end the stack, each changed part marked
     * @param events what happened, disturbances among it; one may name several parts, with commas between them
     */
    static Topology byOthers(Topology end, List<Event> events) {
        Set<String> disturbed = events.stream()
                .filter(event -> event.kind() == Event.Kind.DISTURBANCE)
                .flatMap(event -> Stream.of(event.resource().split(",", -1)))
                .collect(Collectors.toSet());
        return new Topology(end.resources().stream()
                .map(part -> disturbed.contains(part.id()) ? unmarked(part) : part)
                .toList());
    }

    private static Resource unmarked(Resource part) {
        TreeMap<String, String> facts = new TreeMap<>(part.facts());
        facts.remove(Validity.CHANGED);
        return new Resource(part.kind(), part.id(), part.existedFrom(), part.existedUntil(), facts);
    }
}
