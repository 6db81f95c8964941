package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Judges times between marks. The limit is multiplied by the environment's time scale, since a minute of AWS takes less
 * on a small local stack.
 */
final class TimeJudge {
    /** An SLO has recovered when it holds over this long and over every later stretch of the same length. */
    static final Duration RECOVERY_WINDOW = Duration.ofSeconds(10);

    private final MarkFinder marks;
    private final ClientJudge client;
    private final TimeWindow load;
    private final double timeScale;
    private final Optional<String> blindness;

    /**
     * A judge for one run.
     *
     * @param load from the first request's moment to the last one's
     * @param blindness why an event may have been missed; empty if none can have been
     */
    TimeJudge(MarkFinder marks, ClientJudge client, TimeWindow load, double timeScale, Optional<String> blindness) {
        this.marks = marks;
        this.client = client;
        this.load = load;
        this.timeScale = timeScale;
        this.blindness = blindness;
    }

    Finding judge(Slo slo, Subject.TimeBetween subject) {
        Optional<MarkFinder.Moment> from = marks.find(subject.from(), load.start());
        if (from.isEmpty()) {
            return Finding.inconclusive(subject + ": the mark '" + subject.from() + "' was not seen");
        }
        double limit = slo.limit().canonical() * timeScale;
        Question question = new Question(
                slo, subject, from.get(), limit, "limit " + slo.comparison().symbol() + " " + limit(slo, limit));
        boolean observed = !(marks.planned(subject.from()) && subject.to() instanceof Subject.Mark.Recovered);
        Finding finding = subject.to() instanceof Subject.Mark.Recovered recovered
                ? recovered(question, recovered.slo())
                : marked(question, subject.to().toString());
        if (observed && blindness.isPresent() && finding.outcome() != Outcome.INCONCLUSIVE) {
            return blind(question, finding);
        }
        return finding;
    }

    /**
     * A missed event can only have been earlier than the one seen. An earlier end makes the time shorter, an earlier
     * start makes it longer, so one of them leaves a bound in force and both leave none.
     */
    private Finding blind(Question question, Finding finding) {
        boolean above = question.slo.comparison().boundsAbove();
        boolean exactStart = marks.planned(question.subject.from());
        boolean proven = exactStart && above && finding.outcome() == Outcome.PASS;
        return proven
                ? finding
                : new Finding(
                        Outcome.INCONCLUSIVE,
                        finding.reason() + "; but events may have been missed: " + blindness.orElseThrow(),
                        finding.measured(),
                        finding.window(),
                        finding.samples(),
                        finding.resources());
    }

    private Finding marked(Question question, String mark) {
        Instant start = question.from.latest();
        Optional<MarkFinder.Moment> to = marks.find(mark, start);
        if (to.filter(moment -> moment.latest().isBefore(start)).isPresent()) {
            return Finding.inconclusive(
                    question.subject + ": '" + mark + "' lies before '" + question.subject.from() + "'");
        }
        return to.map(moment -> reached(question, moment)).orElseGet(() -> notReached(question, load.end()));
    }

    private String limit(Slo slo, double scaled) {
        return timeScale == 1
                ? slo.limit().toString()
                : slo.limit() + " × " + Values.number(timeScale) + " = " + Values.print(scaled, Dimension.TIME);
    }

    private Finding reached(Question question, MarkFinder.Moment to) {
        Instant start = question.from.latest();
        double seen = seconds(start, to.latest());
        double longest = seen + seconds(question.from.within());
        double shortest = Math.max(0, seen - seconds(to.within()));
        Comparison comparison = question.slo.comparison();
        boolean all = comparison.holds(longest, question.limit) && comparison.holds(shortest, question.limit);
        boolean some = comparison.holds(longest, question.limit) || comparison.holds(shortest, question.limit);
        Outcome outcome = all ? Outcome.PASS : some ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        String measured = Values.print(seen, Dimension.TIME, comparison, question.limit);
        String reason = question.subject + " took " + measured + error(seen - shortest, "less")
                + error(longest - seen, "more") + ", " + question.bound + "; from " + start;
        return Finding.of(outcome, reason, measured, new TimeWindow(start, to.latest()), 1);
    }

    private static String error(double seconds, String direction) {
        return seconds == 0 ? "" : ", up to " + Values.print(seconds, Dimension.TIME) + " " + direction;
    }

    /**
     * Nothing was reached.
     *
     * @param until how long it was watched for
     */
    private Finding notReached(Question question, Instant until) {
        Instant start = question.from.latest();
        double watched = Math.max(0, seconds(start, until));
        TimeWindow window = new TimeWindow(start, later(start, until));
        String reason = "'" + question.subject.to() + "' was not reached within the "
                + Values.print(watched, Dimension.TIME) + " watched after " + question.subject.from() + ", "
                + question.bound;
        // Had it come at once after the watch ended, it would have taken this long.
        Comparison comparison = question.slo.comparison();
        if (comparison.boundsAbove() && !comparison.holds(watched, question.limit)) {
            return new Finding(Outcome.FAIL, reason, Optional.empty(), Optional.of(window), 0, List.of());
        }
        return Finding.inconclusive(reason + "; the watch was too short to prove a breach", window);
    }

    /** Recovered is the earliest whole second from which every stretch until the end of load satisfies the SLO. */
    private Finding recovered(Question question, Slo slo) {
        Instant start = question.from.latest();
        Instant first = start.truncatedTo(ChronoUnit.SECONDS);
        Instant last = load.end().truncatedTo(ChronoUnit.SECONDS).minus(RECOVERY_WINDOW);
        Optional<Instant> since = Optional.empty();
        for (Instant at = last; !at.isBefore(first); at = at.minusSeconds(1)) {
            TimeWindow stretch = new TimeWindow(at, at.plus(RECOVERY_WINDOW));
            Optional<Boolean> holds = client.holdsPlainly(slo, stretch);
            if (holds.isEmpty()) {
                return Finding.inconclusive(
                        question.subject + ": no response in the " + Values.length(stretch) + " from " + at
                                + ", so it cannot be told when it recovered",
                        stretch);
            }
            if (!holds.get()) {
                break;
            }
            since = Optional.of(at);
        }
        return since.map(at -> reached(question, new MarkFinder.Moment(later(start, at), Duration.ZERO)))
                .orElseGet(() -> notReached(question, last));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static double seconds(Instant from, Instant to) {
        return seconds(Duration.between(from, to));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * What is asked.
     *
     * @param from where the time begins
     * @param limit in seconds, scaled
     * @param bound the limit as reasons print it
     */
    private record Question(Slo slo, Subject.TimeBetween subject, MarkFinder.Moment from, double limit, String bound) {}
}
