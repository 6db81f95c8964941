package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Mark;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds marks: moments of the load plan, and what happened to the stack.
 *
 * <ul>
 *   <li>{@code alarm}, {@code scale-in-alarm}: the first alarm that goes to ALARM at or after the moment asked from;
 *       AWS's target tracking calls those that scale in {@code …AlarmLow…}.
 *   <li>{@code scaling-activity}, {@code scale-in-activity}: the start of the first activity at or after it that launches
 *       or terminates an instance, and neither failed nor was cancelled; {@code launched}, {@code terminated}: its end.
 *   <li>{@code healthy}: the first moment at which an instance launched by such an activity answers the load balancer's
 *       health checks; {@code unhealthy}: at which any target stops to. Target health is polled, so the truth lies within
 *       the poll interval before it.
 *   <li>the name of a disturbance that was carried out, or of whatever else the run itself marked in an event.
 * </ul>
 */
final class MarkFinder {
    /** Status codes of activities that changed nothing. */
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

    /** Whether a mark is known without observation of the stack: from the plan, or as the run's own act. */
    boolean certain(Mark mark) {
        if (mark instanceof Mark.Named named) {
            return planned(named.name()).isPresent()
                    || events.stream().anyMatch(event -> isMarkedBy(event, named.name()));
        }
        return mark instanceof Mark.PhaseEdge;
    }

    private Optional<Instant> planned(String name) {
        return switch (name) {
            case "load-start" -> Optional.of(plan.whole().start());
            case "load-end" -> Optional.of(plan.whole().end());
            default -> Optional.ofNullable(plan.marks().get(name));
        };
    }

    /** A mark of the plan, or the first event of that sort at or after a moment. */
    Optional<Moment> find(Mark mark, Instant from) {
        if (mark instanceof Mark.PhaseEdge edge) {
            return plan.phase(edge.phase())
                    .map(Phase::window)
                    .map(window -> new Moment(edge.start() ? window.start() : window.end(), Duration.ZERO));
        }
        if (mark instanceof Mark.Text text) {
            String wanted = text.text().toLowerCase(Locale.ROOT);
            return first(from, event -> event.summary().toLowerCase(Locale.ROOT).contains(wanted))
                    .map(event -> new Moment(event.at(), within(event, from)));
        }
        String name = ((Mark.Named) mark).name();
        Optional<Instant> planned = planned(name);
        return planned.isPresent() ? planned.map(at -> new Moment(at, Duration.ZERO)) : observed(name, from);
    }

    private Optional<Moment> observed(String name, Instant from) {
        return switch (name) {
            case "alarm" ->
                first(from, event -> alarms(event) && !isScaleIn(event)).map(MarkFinder::exact);
            case "scale-in-alarm" ->
                first(from, event -> alarms(event) && isScaleIn(event)).map(MarkFinder::exact);
            case "scaling-activity" ->
                first(from, event -> activity(event, "launching")).map(MarkFinder::exact);
            case "scale-in-activity" ->
                first(from, event -> activity(event, "terminating")).map(MarkFinder::exact);
            case "launched" -> ended(from, "launching");
            case "terminated" -> ended(from, "terminating");
            case "healthy" -> healthy(from);
            case "unhealthy" ->
                first(
                                from,
                                event -> event.kind() == Event.Kind.TARGET_HEALTH
                                        && "unhealthy".equals(event.details().get("to")))
                        .map(event -> new Moment(event.at(), within(event, from)));
            default -> first(from, event -> isMarkedBy(event, name)).map(MarkFinder::exact);
        };
    }

    /** The first disturbance after a moment that was carried out. */
    Optional<Instant> nextDisturbance(Instant after) {
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.DISTURBANCE && carriedOut(event))
                .map(Event::at)
                .filter(at -> at.isAfter(after))
                .findFirst();
    }

    private static boolean isMarkedBy(Event event, String name) {
        return name.equals(event.details().get("mark"))
                || (name.equals(event.details().get("disturbance")) && carriedOut(event));
    }

    private static boolean carriedOut(Event event) {
        return "done".equals(event.details().getOrDefault("outcome", "done"));
    }

    private Optional<Event> first(Instant from, Predicate<Event> wanted) {
        return events.stream()
                .filter(event -> !event.at().isBefore(from) && wanted.test(event))
                .findFirst();
    }

    private static boolean alarms(Event event) {
        return event.kind() == Event.Kind.ALARM
                && "ALARM".equals(event.details().get("to"));
    }

    private static boolean isScaleIn(Event event) {
        return event.details().getOrDefault("alarm", event.resource()).contains("AlarmLow");
    }

    private static boolean activity(Event event, String word) {
        return event.kind() == Event.Kind.SCALING_ACTIVITY
                && event.summary().toLowerCase(Locale.ROOT).startsWith(word)
                && !FRUITLESS.contains(event.details().getOrDefault("status", ""));
    }

    /** The earliest end of the activities that begin at or after a moment. */
    private Optional<Moment> ended(Instant from, String word) {
        return events.stream()
                .filter(event -> !event.at().isBefore(from) && activity(event, word))
                .flatMap(event -> Optional.ofNullable(event.details().get("end")).flatMap(MarkFinder::instant).stream())
                .min(Comparator.naturalOrder())
                .map(end -> new Moment(end, Duration.ZERO));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Moment> healthy(Instant from) {
        Set<String> launched = new HashSet<>();
        for (Event event : events) {
            String instance = event.details().get("instance");
            if (!event.at().isBefore(from) && activity(event, "launching") && instance != null) {
                launched.add(instance);
            }
        }
        return first(
                        from,
                        event -> event.kind() == Event.Kind.TARGET_HEALTH
                                && "healthy".equals(event.details().get("to"))
                                && launched.contains(event.resource()))
                .map(event -> new Moment(event.at(), within(event, from)));
    }

    /** Without a bound, it may have happened at any time since the moment asked from. */
    private static Duration within(Event event, Instant from) {
        if (event.kind() != Event.Kind.TARGET_HEALTH) {
            return Duration.ZERO;
        }
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
