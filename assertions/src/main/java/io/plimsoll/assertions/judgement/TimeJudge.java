package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        Instant start = from.get().latest();
        Optional<MarkFinder.Moment> to = subject.to() instanceof Subject.Mark.Recovered recovered
                ? recovered(recovered.slo(), start)
                : marks.find(subject.to().toString(), start);
        double limit = slo.limit().canonical() * timeScale;
        String bound = "limit " + slo.comparison().symbol() + " " + limit(slo, limit);
        return to.map(moment -> reached(slo, start, moment, limit, bound))
                .orElseGet(() -> notReached(slo, subject, start, limit, bound));
    }

    private String limit(Slo slo, double scaled) {
        return timeScale == 1
                ? slo.limit().toString()
                : slo.limit() + " × " + Values.number(timeScale) + " = " + Values.print(scaled, Dimension.TIME);
    }

    private Finding reached(Slo slo, Instant start, MarkFinder.Moment to, double limit, String bound) {
        double latest = Math.max(0, seconds(start, to.latest()));
        double earliest = Math.max(0, latest - to.within().toMillis() / 1000.0);
        boolean surely =
                slo.comparison().holds(latest, limit) && slo.comparison().holds(earliest, limit);
        boolean possibly =
                slo.comparison().holds(latest, limit) || slo.comparison().holds(earliest, limit);
        Outcome outcome = surely ? Outcome.PASS : possibly ? Outcome.INCONCLUSIVE : Outcome.FAIL;
        String measured = Values.print(latest, Dimension.TIME);
        String error = to.within().isZero()
                ? ""
                : ", up to " + Values.print(to.within().toMillis() / 1000.0, Dimension.TIME) + " less";
        String reason = slo.subject() + " took " + measured + error + ", " + bound + "; from " + start;
        return Finding.of(outcome, reason, measured, new TimeWindow(start, later(start, to.latest())), 1);
    }

    private Finding notReached(Slo slo, Subject.TimeBetween subject, Instant start, double limit, String bound) {
        double watched = seconds(start, load.end());
        TimeWindow window = new TimeWindow(start, later(start, load.end()));
        String reason = "'" + subject.to() + "' was not reached within the " + Values.print(watched, Dimension.TIME)
                + " watched after " + subject.from() + ", " + bound;
        if (blindness.isPresent() && !(subject.to() instanceof Subject.Mark.Recovered)) {
            return Finding.inconclusive(reason + "; but events may have been missed: " + blindness.get(), window);
        }
        // Had it come at once after the watch ended, it would have taken this long.
        if (slo.comparison().boundsAbove() && !slo.comparison().holds(watched, limit)) {
            return new Finding(Outcome.FAIL, reason, Optional.empty(), Optional.of(window), 0, java.util.List.of());
        }
        return Finding.inconclusive(reason + "; the watch was too short to prove a breach", window);
    }

    /** The earliest whole second from which every stretch of the window's length until the end of load satisfies it. */
    private Optional<MarkFinder.Moment> recovered(Slo slo, Instant from) {
        Instant first = from.truncatedTo(ChronoUnit.SECONDS);
        Instant last = load.end().truncatedTo(ChronoUnit.SECONDS).minus(RECOVERY_WINDOW);
        Optional<Instant> since = Optional.empty();
        for (Instant at = last; !at.isBefore(first); at = at.minusSeconds(1)) {
            if (!client.holdsPlainly(slo, new TimeWindow(at, at.plus(RECOVERY_WINDOW)))) {
                break;
            }
            since = Optional.of(at);
        }
        return since.map(at -> new MarkFinder.Moment(later(from, at), Duration.ZERO));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
