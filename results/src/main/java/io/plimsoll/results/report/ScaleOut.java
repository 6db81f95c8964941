package io.plimsoll.results.report;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How the stack grew after the load step: alarm, activities and healthy targets, in seconds after the step. */
final class ScaleOut {
    private static final String STEP = "load-step";
    private final List<Event> events;
    private final Instant step;

    private ScaleOut(Evidence evidence, Instant step) {
        this.events = evidence.events().stream()
                .filter(event -> !event.at().isBefore(step))
                .sorted(Comparator.comparing(Event::at))
                .toList();
        this.step = step;
    }

    static Table of(Evidence evidence) {
        Optional<Instant> step = evidence.facts().plan().map(LoadPlan::marks).map(marks -> marks.get(STEP));
        List<List<String>> rows =
                step.map(at -> new ScaleOut(evidence, at).rows()).orElse(List.of());
        return new Table(
                "From the load step to healthy instances",
                List.of("What", "Seconds after the load step", "When", "Details"),
                List.of(1),
                rows,
                "The plan has no load step to measure from.");
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("Load step", step, ""));
        Optional<Event> alarm = first(event -> event.kind() == Event.Kind.ALARM && says(event, "to", "ALARM"));
        alarm.ifPresentOrElse(
                event -> rows.add(row("First alarm", event.at(), event.summary() + ": " + detail(event, "reason"))),
                () -> rows.add(List.of("First alarm", "–", "–", "no alarm went off")));
        List<Event> launches = events.stream().filter(ScaleOut::launches).toList();
        for (Event launch : launches) {
            rows.add(row("Launch begins", launch.at(), launch.summary()));
            end(launch).ifPresent(end -> rows.add(row("Launch ends", end, instance(launch))));
            healthy(launch).ifPresent(health -> rows.add(row("Target healthy", health.at(), errorBar(health))));
        }
        if (launches.isEmpty()) {
            rows.add(List.of("Launch begins", "–", "–", "no instance was launched"));
        }
        return rows;
    }

    private Optional<Event> healthy(Event launch) {
        String instance = instance(launch);
        return first(event -> event.kind() == Event.Kind.TARGET_HEALTH
                && says(event, "to", "healthy")
                && !instance.isEmpty()
                && (event.resource().equals(instance) || event.resource().startsWith(instance + ":")));
    }

    private Optional<Event> first(Predicate<Event> which) {
        return events.stream().filter(which).findFirst();
    }

    private List<String> row(String what, Instant at, String details) {
        double seconds = RunTables.seconds(Duration.between(step, at));
        return List.of(what, Figures.seconds(seconds), Figures.instant(at), details);
    }

    private static boolean launches(Event event) {
        return event.kind() == Event.Kind.SCALING_ACTIVITY
                && (detail(event, "activity").startsWith("Launching")
                        || event.summary().startsWith("Launching"));
    }

    private static String errorBar(Event health) {
        String within = detail(health, "within-seconds");
        return health.summary() + (within.isEmpty() ? "" : ", up to " + within + " s earlier");
    }

    private static Optional<Instant> end(Event activity) {
        try {
            return Optional.ofNullable(activity.details().get("end")).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // the summary still tells the activity's status
        }
    }

    private static String instance(Event activity) {
        return detail(activity, "instance");
    }

    private static boolean says(Event event, String key, String value) {
        return detail(event, key).equalsIgnoreCase(value);
    }

    private static String detail(Event event, String key) {
        return event.details().getOrDefault(key, "");
    }
}
