package io.plimsoll.results.report;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** What happened, as marks on the time axis and as a table. */
final class EventMarks {
    /** Marks drawn and rows shown at most; the evidence holds them all. */
    static final int MOST = 200;

    private static final int LONGEST = 300;

    private EventMarks() {}

    /**
     * One mark.
     *
     * @param at where it lies on the axis
     * @param end where what it began ended, if that is known
     * @param lane the sort of event: {@code plan}, {@code disturbance}, {@code alarm}, {@code scaling} or {@code health}
     * @param bad whether it tells of trouble: an alarm going off, an activity that failed, a target gone unhealthy
     * @param says what happened, on one line
     */
    record Mark(double at, OptionalDouble end, String lane, boolean bad, String says) {}

    /** The moments of the plan and the events that lie on the axis, by time, at most {@link #MOST}. */
    static List<Mark> of(Evidence evidence, TimeAxis axis) {
        List<Mark> marks = new ArrayList<>();
        evidence.facts()
                .plan()
                .map(LoadPlan::marks)
                .ifPresent(plan -> plan.forEach((name, at) ->
                        marks.add(new Mark(axis.at(at), OptionalDouble.empty(), "plan", false, text(name)))));
        for (Event event : evidence.events()) {
            if (axis.window().contains(event.at())) {
                marks.add(mark(event, axis));
            }
        }
        return marks.stream()
                .sorted(Comparator.comparingDouble(Mark::at))
                .limit(MOST)
                .toList();
    }

    static Table table(Evidence evidence, TimeAxis axis) {
        List<List<String>> rows = evidence.events().stream()
                .sorted(Comparator.comparing(Event::at))
                .limit(MOST)
                .map(event -> List.of(
                        Figures.elapsed(axis.at(event.at())),
                        Figures.instant(event.at()),
                        lane(event),
                        event.resource(),
                        says(event)))
                .toList();
        int left = evidence.events().size() - rows.size();
        return new Table(
                "Events, by time" + (left > 0 ? "; " + left + " more are in the evidence" : ""),
                List.of("Time", "When", "Sort", "Part", "What happened"),
                List.of(0),
                rows,
                "No event was seen.");
    }

    private static Mark mark(Event event, TimeAxis axis) {
        Optional<Double> end = end(event).map(axis::at).filter(at -> at >= axis.at(event.at()));
        OptionalDouble until = end.isPresent() ? OptionalDouble.of(end.get()) : OptionalDouble.empty();
        return new Mark(axis.at(event.at()), until, lane(event), bad(event), says(event));
    }

    private static Optional<Instant> end(Event event) {
        try {
            return Optional.ofNullable(event.details().get("end")).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // an end that is no instant cannot be drawn; the table shows the text
        }
    }

    static boolean bad(Event event) {
        return switch (event.kind()) {
            case ALARM -> detail(event, "to").equals("ALARM");
            case SCALING_ACTIVITY -> List.of("Failed", "Cancelled").contains(detail(event, "status"));
            case TARGET_HEALTH -> detail(event, "to").startsWith("unhealthy");
            case DISTURBANCE, LOG_ERRORS -> true;
            case DATABASE, CACHE, CHANGE -> false;
            case CLIENT -> detail(event, "mark").endsWith("outage");
        };
    }

    static String lane(Event event) {
        return switch (event.kind()) {
            case ALARM -> "alarm";
            case SCALING_ACTIVITY -> "scaling";
            case TARGET_HEALTH -> "health";
            case DATABASE -> "database";
            case CACHE -> "cache";
            case CHANGE -> "change";
            case LOG_ERRORS -> "log";
            case DISTURBANCE -> "disturbance";
            case CLIENT -> "client";
        };
    }

    /** The summary, and of the details what explains it. */
    static String says(Event event) {
        StringBuilder says = new StringBuilder(event.summary());
        for (String key : new TreeSet<>(List.of("reason", "cause", "status-message"))) {
            String detail = detail(event, key);
            if (!detail.isBlank()) {
                says.append(". ").append(detail);
            }
        }
        String within = detail(event, "within-seconds");
        return text(within.isEmpty() ? says.toString() : says + " (up to " + within + " s earlier)");
    }

    private static String detail(Event event, String key) {
        return event.details().getOrDefault(key, "");
    }

    private static String text(String says) {
        return PlainText.line(says, LONGEST);
    }
}
