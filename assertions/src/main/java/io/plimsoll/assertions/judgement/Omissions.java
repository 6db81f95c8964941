package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what evidence tells of and does not hold: resources that are not in the topology, and events left out. */
final class Omissions {
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-z]+");

    private static final Set<Event.Kind> TRANSITIONS = EnumSet.of(Event.Kind.ALARM, Event.Kind.TARGET_HEALTH);
    /** What stands for a state that the source did not tell. */
    private static final String UNREADABLE = "unknown";

    private Omissions() {}

    /** A sentence for each resource that has metrics and is not in the topology. */
    static Stream<String> inSeries(Evidence evidence) {
        return evidence.series().stream()
                .filter(series -> !ids(evidence.topology(), series.kind()).contains(series.resource()))
                .map(series -> series.kind().word() + " " + series.resource() + " has metrics, but was not described");
    }

    /** A sentence for each instance that events name and the topology does not, and for each event left out. */
    static Stream<String> inEvents(Evidence evidence) {
        Set<String> known = ids(evidence.topology(), ResourceKind.INSTANCE);
        Stream<String> instances = evidence.events().stream()
                .flatMap(event -> instance(event).stream())
                .filter(id -> !known.contains(id))
                .map(id -> "instance " + id + " has events, but was not described");
        return Stream.concat(instances, leftOut(evidence.events()).stream());
    }

    private static Set<String> ids(Topology topology, ResourceKind kind) {
        return topology.of(kind).stream().map(resource -> resource.id()).collect(Collectors.toSet());
    }

    private static Optional<String> instance(Event event) {
        Optional<String> id = switch (event.kind()) {
            case TARGET_HEALTH -> Optional.of(event.resource());
            case SCALING_ACTIVITY -> Optional.ofNullable(event.details().get("instance"));
            case ALARM, DATABASE, CACHE, CHANGE, LOG_ERRORS, DISTURBANCE, CLIENT -> Optional.empty();
        };
        return id.filter(text -> INSTANCE.matcher(text).matches());
    }

    /** Each transition begins in the state in which the one before it ended; otherwise one between is missing. */
    private static List<String> leftOut(List<Event> events) {
        Map<String, String> states = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Event event : events) {
            String from = event.details().get("from");
            String to = event.details().get("to");
            if (!TRANSITIONS.contains(event.kind()) || from == null || to == null) {
                continue;
            }
            String thing = event.kind() == Event.Kind.ALARM
                    ? "alarm " + event.details().getOrDefault("alarm", event.resource())
                    : "target " + event.resource() + " of "
                            + event.details().getOrDefault("target-group", "its group")
                            + event.details().getOrDefault("port", "");
            String before = states.put(thing, to);
            if (before != null && !before.equals(from) && !Set.of(before, from).contains(UNREADABLE)) {
                problems.add("an event is missing: " + thing + " went to " + before + ", and later on from " + from);
            }
        }
        return problems;
    }
}
