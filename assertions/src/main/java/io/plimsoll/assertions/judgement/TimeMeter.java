package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Measures times between marks. */
final class TimeMeter {
    private final MarkFinder marks;
    private final Recovery recovery;
    private final TimeWindow load;
    private final Optional<String> blindness;

    /**
     * A meter for one run.
     *
     * @param load from the first request's moment to the last one's
     * @param blindness why an event may have been missed; empty if none can have been
     */
    TimeMeter(MarkFinder marks, Recovery recovery, TimeWindow load, Optional<String> blindness) {
        this.marks = marks;
        this.recovery = recovery;
        this.load = load;
        this.blindness = blindness;
    }

    /**
     * A time, in seconds as they passed.
     *
     * @param estimate its value is NaN if the goal was not reached while it was watched for; then its lower bound is how
     *     long that was
     * @param text for reasons: what happened, in words
     * @param window from the first mark to the goal, or to where the watch ended
     */
    record Measured(Estimate estimate, String text, Optional<TimeWindow> window) {
        static Measured nothing(String why) {
            return new Measured(Estimate.nothing(why), why, Optional.empty());
        }
    }

    Measured measure(Slo slo, Subject.TimeBetween subject) {
        Optional<MarkFinder.Moment> from = marks.find(subject.from(), load.start());
        if (from.isEmpty()) {
            return Measured.nothing("the mark '" + subject.from() + "' was not seen");
        }
        boolean certainStart = marks.certain(subject.from());
        boolean certain = certainStart && (slo.inner().isPresent() || isCertain(subject.to()));
        Measured measured = subject.to() instanceof Subject.Goal.At at
                ? marked(subject, from.get(), at)
                : recovered(subject, from.get(), slo.inner().orElseThrow());
        return certain || blindness.isEmpty() ? measured : blind(measured, certainStart);
    }

    private boolean isCertain(Subject.Goal goal) {
        return goal instanceof Subject.Goal.At at && marks.certain(at.mark());
    }

    /**
     * A missed event can only have been earlier than the one seen. An earlier end makes the time shorter, an earlier
     * start makes it longer, so one of them leaves a bound in force and both leave none.
     */
    private Measured blind(Measured measured, boolean certainStart) {
        Estimate seen = measured.estimate();
        boolean reached = seen.isKnown();
        Estimate doubted = new Estimate(
                seen.value(),
                0,
                certainStart && reached ? seen.upper() : Double.POSITIVE_INFINITY,
                seen.samples(),
                seen.basis(),
                Optional.of("but events may have been missed: " + blindness.orElseThrow()),
                Optional.empty(),
                false);
        return new Measured(doubted, measured.text(), measured.window());
    }

    private Measured marked(Subject.TimeBetween subject, MarkFinder.Moment from, Subject.Goal.At goal) {
        Instant start = from.latest();
        Optional<MarkFinder.Moment> to = marks.find(goal.mark(), start);
        if (to.filter(moment -> moment.latest().isBefore(start)).isPresent()) {
            return Measured.nothing("'" + goal + "' lies before '" + subject.from() + "'");
        }
        return to.map(moment -> reached(from, moment)).orElseGet(() -> notReached(subject, from, load.end(), ""));
    }

    private Measured recovered(Subject.TimeBetween subject, MarkFinder.Moment from, Slo inner) {
        boolean forGood = subject.to() instanceof Subject.Goal.Recovered;
        Instant end = forGood ? marks.nextDisturbance(from.latest()).orElse(load.end()) : load.end();
        Instant until = end.isAfter(load.end()) ? load.end() : end;
        Recovery.Found found = recovery.find(inner, from.latest(), until, forGood);
        if (found.unknown().isPresent()) {
            return Measured.nothing(found.unknown().get());
        }
        return found.moment()
                .map(moment -> reached(from, moment))
                .orElseGet(() -> notReached(
                        subject,
                        from,
                        found.watchedUntil(),
                        until.isBefore(load.end()) ? ", when the next disturbance began" : ""));
    }

    private static Measured reached(MarkFinder.Moment from, MarkFinder.Moment to) {
        Instant start = from.latest();
        double seen = seconds(Duration.between(start, to.latest()));
        double longest = seen + seconds(from.within());
        double shortest = Math.max(0, seen - seconds(to.within()));
        String text = error(seen - shortest, "less") + error(longest - seen, "more");
        Estimate estimate = Estimate.exact(seen, 1, "").with(seen, shortest, longest, "from " + start);
        return new Measured(estimate, text, Optional.of(new TimeWindow(start, to.latest())));
    }

    private static String error(double seconds, String direction) {
        return seconds == 0 ? "" : ", up to " + Values.print(seconds, Dimension.TIME) + " " + direction;
    }

    /**
     * Nothing was reached: had it come at once after the watch ended, it would have taken that long.
     *
     * @param until how long it was watched for
     */
    private static Measured notReached(Subject.TimeBetween subject, MarkFinder.Moment from, Instant until, String why) {
        Instant start = from.latest();
        double watched = Math.max(0, seconds(Duration.between(start, until)));
        String text = "'" + subject.to() + "' was not reached within the " + Values.print(watched, Dimension.TIME)
                + " watched after " + subject.from() + why;
        Estimate estimate = new Estimate(
                Double.NaN, watched, Double.POSITIVE_INFINITY, 0, "", Optional.empty(), Optional.empty(), false);
        return new Measured(estimate, text, Optional.of(new TimeWindow(start, until.isBefore(start) ? start : until)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
