package io.plimsoll.assertions.judgement;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the marks of a scale-out in the events.
 *
 * <ul>
 *   <li>{@code alarm}: the first alarm that goes to ALARM at or after the moment asked from, other than a scale-in
 *       alarm (AWS's target tracking calls those {@code …AlarmLow…}).
 *   <li>{@code scaling-activity}: the start of the first activity at or after it that launches an instance, and neither failed nor was
 *       cancelled.
 *   <li>{@code healthy}: the first moment at which an instance launched by such an activity answers the load balancer's
 *       health checks. Target health is polled, so the truth lies within the poll interval before it.
 * </ul>
 */
final class MarkFinder {
    /** Status codes of activities that launched nothing. */
    private static final Set<String> FRUITLESS = Set.of("Failed", "Cancelled");

    private final LoadPlan plan;
    private final List<Event> events;

    /**
     * A moment.
     *
     * @param latest when it was seen
     * @param within how much earlier it may have happened
     */
    record Moment(Instant latest, Duration within) {}

    MarkFinder(LoadPlan plan, List<Event> events) {
        this.plan = plan;
        this.events = events.stream().sorted(Comparator.comparing(Event::at)).toList();
    }

    /** Whether a mark is the plan's own, and so known without observation. */
    boolean planned(String mark) {
        return plan.marks().containsKey(mark);
    }

    /** A mark of the plan, or the first event of that sort at or after a moment. */
    Optional<Moment> find(String mark, Instant from) {
        Instant planned = plan.marks().get(mark);
        if (planned != null) {
            return Optional.of(new Moment(planned, Duration.ZERO));
        }
        return switch (mark) {
            case "alarm" ->
                since(from, Event.Kind.ALARM).stream()
                        .filter(MarkFinder::scalesOut)
                        .findFirst()
                        .map(MarkFinder::exact);
            case "scaling-activity" -> launches(from).stream().findFirst().map(MarkFinder::exact);
            case "healthy" -> healthy(from);
            default -> Optional.empty();
        };
    }

    private List<Event> since(Instant from, Event.Kind kind) {
        return events.stream()
                .filter(event -> event.kind() == kind && !event.at().isBefore(from))
                .toList();
    }

    private static boolean scalesOut(Event event) {
        String alarm = event.details().getOrDefault("alarm", event.resource());
        return "ALARM".equals(event.details().get("to")) && !alarm.contains("AlarmLow");
    }

    private List<Event> launches(Instant from) {
        return since(from, Event.Kind.SCALING_ACTIVITY).stream()
                .filter(event -> event.summary().toLowerCase(Locale.ROOT).startsWith("launching"))
                .filter(event -> !FRUITLESS.contains(event.details().getOrDefault("status", "")))
                .toList();
    }

    private Optional<Moment> healthy(Instant from) {
        Set<String> launched = new HashSet<>();
        for (Event launch : launches(from)) {
            String instance = launch.details().get("instance");
            if (instance != null) {
                launched.add(instance);
            }
        }
        return since(from, Event.Kind.TARGET_HEALTH).stream()
                .filter(event -> "healthy".equals(event.details().get("to")))
                .filter(event -> launched.contains(event.resource()))
                .findFirst()
                .map(event -> new Moment(event.at(), within(event, from)));
    }

    /** Without a bound, it may have happened at any time since the moment asked from. */
    private static Duration within(Event event, Instant from) {
        Duration unbounded = Duration.between(from, event.at());
        try {
            double seconds = Double.parseDouble(event.details().getOrDefault("within-seconds", ""));
            return seconds >= 0 && seconds < 1e6 ? Duration.ofMillis(Math.round(seconds * 1000)) : unbounded;
        } catch (NumberFormatException e) {
            return unbounded;
        }
    }

    private static Moment exact(Event event) {
        return new Moment(event.at(), Duration.ZERO);
    }
}
