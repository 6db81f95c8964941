package io.plimsoll.results.report;

import io.plimsoll.results.document.Durations;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The legs of a scale-out, T0 to T6: load step, first breaching datapoint, alarm, decision, launched, healthy, recovered.
 * Each is taken from what its source said; a leg that no source tells is left open.
 */
final class ScaleOutLegs {
    private static final String STEP = "load-step";
    /** A datapoint as an alarm's reason names it: {@code 53.36 (25/11/26 09:15:59)}, day first, UTC. */
    private static final Pattern DATAPOINT = Pattern.compile("\\((\\d\\d/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d)\\)");

    private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT);

    /**
     * One mark with the leg that leads to it.
     *
     * @param mark {@code T0} to {@code T6}
     * @param what it is
     * @param at seconds after the load step, as text; a dash if it is not known
     * @param leg how long after the mark before it, as text; empty for the first
     * @param left where the leg begins, in percent of the whole
     * @param width of the leg, in percent
     * @param source where it is from, or why it is not known
     */
    record Leg(String mark, String what, String at, String leg, String left, String width, String source) {}

    private record Mark(String name, String what, Optional<Instant> at, String source) {}

    private final List<Event> events;
    private final Instant step;

    private ScaleOutLegs(Evidence evidence, Instant step) {
        this.events = evidence.events().stream()
                .filter(event -> !event.at().isBefore(step))
                .sorted(Comparator.comparing(Event::at))
                .toList();
        this.step = step;
    }

    /** The legs; empty if the plan has no load step. */
    static List<Leg> of(Verdict verdict, Evidence evidence) {
        return evidence.facts()
                .plan()
                .map(LoadPlan::marks)
                .map(marks -> marks.get(STEP))
                .map(step -> legs(step, new ScaleOutLegs(evidence, step).marks(verdict)))
                .orElse(List.of());
    }

    private List<Mark> marks(Verdict verdict) {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark("T0", "load step", Optional.of(step), "the load generator's clock"));
        Optional<Event> alarm = first(step, event -> event.kind() == Event.Kind.ALARM && is(event, "to", "ALARM"));
        Optional<Instant> breach =
                alarm.flatMap(ScaleOutLegs::breach).filter(at -> !at.isBefore(step.minusSeconds(60)));
        marks.add(new Mark(
                "T1",
                "first breaching datapoint",
                breach.map(at -> at.isBefore(step) ? step : at),
                breach.isPresent() ? "the reason of the alarm" : "no alarm named a datapoint"));
        marks.add(mark("T2", "alarm", alarm, alarm.map(Event::at), "no alarm went off"));
        Instant from = alarm.map(Event::at).orElse(step);
        Optional<Event> launch = first(from.minusMillis(1), ScaleOutLegs::launches);
        marks.add(mark("T3", "decision to scale", launch, launch.map(Event::at), "no instance was launched"));
        marks.add(mark("T4", "launched", launch, launch.flatMap(ScaleOutLegs::end), "no launch was seen to end"));
        Optional<Event> healthy = launch.flatMap(this::healthy);
        marks.add(mark("T5", "healthy", healthy, healthy.map(Event::at), "the launched instance was not seen healthy"));
        marks.add(recovered(verdict));
        return marks;
    }

    private static Mark mark(String name, String what, Optional<Event> source, Optional<Instant> at, String none) {
        return new Mark(
                name, what, at, at.isPresent() ? source.map(Event::summary).orElse("") : none);
    }

    /** The decisive measurement of an SLO on the recovery, which the judgement made. */
    private Mark recovered(Verdict verdict) {
        Optional<SloResult> recovery = verdict.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .filter(slo -> slo.slo().startsWith("time from " + STEP + " to recovered("))
                .filter(slo -> slo.measured().isPresent())
                .findFirst();
        Optional<Instant> at =
                recovery.flatMap(SloResult::measured).flatMap(Durations::parse).map(step::plus);
        return new Mark(
                "T6",
                "recovered",
                at,
                at.isEmpty()
                        ? "no SLO of this run measured a recovery"
                        : at.get().equals(step)
                                ? "the limit was never left: "
                                        + recovery.map(SloResult::slo).orElse("")
                                : recovery.map(SloResult::slo).orElse(""));
    }

    private static Optional<Instant> breach(Event alarm) {
        Matcher named = DATAPOINT.matcher(alarm.details().getOrDefault("reason", ""));
        Optional<Instant> earliest = Optional.empty();
        while (named.find()) {
            try {
                Instant at = LocalDateTime.parse(named.group(1), DAY_FIRST).toInstant(ZoneOffset.UTC);
                earliest = earliest.filter(known -> known.isBefore(at)).or(() -> Optional.of(at));
            } catch (DateTimeParseException e) {
                return Optional.empty(); // a source that writes dates otherwise
            }
        }
        return earliest;
    }

    private Optional<Event> healthy(Event launch) {
        String instance = launch.details().getOrDefault("instance", "");
        return first(
                launch.at(),
                event -> event.kind() == Event.Kind.TARGET_HEALTH
                        && is(event, "to", "healthy")
                        && !instance.isEmpty()
                        && (event.resource().equals(instance)
                                || event.resource().startsWith(instance + ":")));
    }

    private Optional<Event> first(Instant from, Predicate<Event> which) {
        return events.stream()
                .filter(event -> !event.at().isBefore(from))
                .filter(which)
                .findFirst();
    }

    private static boolean launches(Event event) {
        return event.kind() == Event.Kind.SCALING_ACTIVITY
                && event.details().getOrDefault("activity", event.summary()).startsWith("Launching");
    }

    private static Optional<Instant> end(Event activity) {
        try {
            return Optional.ofNullable(activity.details().get("end")).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty(); // an end that is no instant is no mark
        }
    }

    private static boolean is(Event event, String key, String value) {
        return event.details().getOrDefault(key, "").equalsIgnoreCase(value);
    }

    private static List<Leg> legs(Instant step, List<Mark> marks) {
        double whole = marks.stream()
                .flatMap(mark -> mark.at().stream())
                .mapToDouble(at -> seconds(step, at))
                .max()
                .orElse(0);
        List<Leg> legs = new ArrayList<>();
        double before = 0;
        for (Mark mark : marks) {
            double at = mark.at().map(instant -> seconds(step, instant)).orElse(before);
            double from = Math.min(before, at);
            String leg = mark.at().isEmpty() || legs.isEmpty() ? "" : signed(at - before);
            legs.add(new Leg(
                    mark.name(),
                    mark.what(),
                    mark.at().isPresent() ? Figures.seconds(at) : "–",
                    leg,
                    percent(from, whole),
                    percent(Math.abs(at - before), whole),
                    PlainText.line(mark.source(), 200)));
            before = at;
        }
        return legs;
    }

    private static String signed(double seconds) {
        return (seconds < 0 ? "−" : "+") + Figures.seconds(Math.abs(seconds));
    }

    private static String percent(double part, double whole) {
        return String.format(Locale.ROOT, "%.2f", whole > 0 ? Math.max(0, Math.min(100, 100 * part / whole)) : 0);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
