package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what evidence tells of and does not hold: resources that are not in the topology, and events left out. */
final class Omissions {
    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-z]+");

    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,4}/\\d{1,4}");

    private static final Set<Event.Kind> TRANSITIONS = EnumSet.of(Event.Kind.ALARM, Event.Kind.TARGET_HEALTH);
    /** What stands for a state that the source did not tell. */
    private static final String UNREADABLE = "unknown";

    private Omissions() {}

    /** A sentence for each resource that has metrics and is not in the topology. */
    static Stream<String> inSeries(Evidence evidence) {
        Stream<String> undescribed = evidence.series().stream()
                .filter(series -> !ids(evidence.topology(), series.kind()).contains(series.resource()))
                .map(series -> series.kind().word() + " " + series.resource() + " has metrics, but was not described");
        return Stream.concat(undescribed, twice(evidence).stream());
    }

    /** A metric of a resource that is told twice could be either. */
    private static List<String> twice(Evidence evidence) {
        Map<String, Series> first = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Series series : evidence.series()) {
            Series other = first.putIfAbsent(series.name() + "\n" + series.resource(), series);
            if (other != null && !other.equals(series)) {
                problems.add(series.name() + " of " + series.resource() + " is told twice, and not alike");
            }
        }
        return problems;
    }

    /** A sentence for each instance that events name and the topology does not, and for each event left out. */
    static Stream<String> inEvents(Evidence evidence) {
        Set<String> known = ids(evidence.topology(), ResourceKind.INSTANCE);
        Stream<String> instances = evidence.events().stream()
                .flatMap(event -> instance(event).stream())
                .filter(id -> !known.contains(id))
                .map(id -> "instance " + id + " has events, but was not described");
        return Stream.of(instances, leftOut(evidence.events()).stream(), notNumbered(evidence.events()).stream())
                .flatMap(problems -> problems);
    }

    /** Disturbances that are numbered {@code 2/3} are all there, or one was left out. */
    private static Optional<String> notNumbered(List<Event> events) {
        Map<String, Set<String>> seen = new TreeMap<>();
        events.stream()
                .flatMap(event -> Optional.ofNullable(event.details().get("sequence")).stream())
                .filter(number -> SEQUENCE.matcher(number).matches())
                .map(number -> number.split("/", -1))
                .forEach(number ->
                        seen.computeIfAbsent(number[1], all -> new TreeSet<>()).add(number[0]));
        return seen.entrySet().stream()
                .filter(group -> group.getValue().size() != Integer.parseInt(group.getKey()))
                .findFirst()
                .map(group -> "of " + group.getKey() + " disturbances only "
                        + String.join(", ", group.getValue())
                        + (group.getValue().size() == 1 ? " is" : " are")
                        + " among the events");
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
        List<Event> inOrder =
                events.stream().sorted(Comparator.comparing(Event::at)).toList();
        for (Event event : inOrder) {
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
