package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Amount;
import io.plimsoll.assertions.slo.Mark;
import io.plimsoll.assertions.slo.Moment;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Span;
import io.plimsoll.assertions.slo.When;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds the stretches that SLOs name. Nothing outside the load is ever judged. */
final class Windows {
    private final LoadPlan plan;
    private final MarkFinder marks;
    private final double timeScale;
    private final Optional<String> blindness;

    /**
     * The windows of one run.
     *
     * @param blindness why an event may have been missed; empty if none can have been
     */
    Windows(LoadPlan plan, MarkFinder marks, double timeScale, Optional<String> blindness) {
        this.plan = plan;
        this.marks = marks;
        this.timeScale = timeScale;
        this.blindness = blindness;
    }

    /** A window, or why there is none. */
    record Found(Optional<Window> window, String problem) {
        private static Found of(Window window) {
            return new Found(Optional.of(window), "");
        }

        private static Found problem(String why) {
            return new Found(Optional.empty(), why);
        }
    }

    /** The window an SLO is judged in. */
    Found of(When when) {
        if (when instanceof When.During during) {
            return of(during.span());
        } else if (when instanceof When.From from) {
            return between(from, when.toString());
        } else if (when instanceof When.Before before) {
            return find(before.end(), plan.whole().start())
                    .map(end -> Found.of(clipped(
                            when.toString(),
                            plan.afterWarmUp().start(),
                            end,
                            reason(before.end().mark()))))
                    .orElseGet(() -> unseen(before.end().mark()));
        }
        return Found.of(new Window("during " + Slo.AFTER_WARM_UP, plan.afterWarmUp(), Optional.empty()));
    }

    /** A stretch that an SLO names. */
    Found of(Span span) {
        if (span instanceof Span.Phase phase) {
            Optional<TimeWindow> time = switch (phase.name()) {
                case Slo.WHOLE -> Optional.of(plan.whole());
                case Slo.AFTER_WARM_UP -> Optional.of(plan.afterWarmUp());
                default -> plan.phase(phase.name()).map(found -> found.window());
            };
            return time.map(found -> Found.of(new Window("during " + span, found, Optional.empty())))
                    .orElseGet(() -> Found.problem("the load had no phase '" + phase.name() + "'"));
        }
        Span.Beside beside = (Span.Beside) span;
        Duration length = scaled(beside.length());
        return marks.find(beside.mark(), plan.whole().start())
                .map(moment -> {
                    Instant at = moment.latest();
                    Instant from = beside.before() ? at.minus(length) : at;
                    return Found.of(clipped("during " + span, from, from.plus(length), reason(beside.mark())));
                })
                .orElseGet(() -> unseen(beside.mark()));
    }

    private Found between(When.From from, String phrase) {
        Optional<Instant> start = find(from.start(), plan.whole().start());
        if (start.isEmpty()) {
            return unseen(from.start().mark());
        }
        if (from.end().isEmpty()) {
            return Found.of(clipped(
                    phrase, start.get(), plan.whole().end(), reason(from.start().mark())));
        }
        Moment until = from.end().get();
        Optional<Instant> end = find(until, start.get());
        if (end.isEmpty()) {
            return unseen(until.mark());
        }
        Optional<String> reason = reason(from.start().mark()).or(() -> reason(until.mark()));
        return Found.of(clipped(phrase, start.get(), end.get(), reason));
    }

    private Optional<Instant> find(Moment moment, Instant from) {
        Duration offset = moment.offset().map(this::scaled).orElse(Duration.ZERO);
        return marks.find(moment.mark(), from)
                .map(found -> moment.before()
                        ? found.latest().minus(offset)
                        : found.latest().plus(offset));
    }

    private static Found unseen(Mark mark) {
        return Found.problem("the mark '" + mark + "' was not seen");
    }

    /** A mark may be another one than the first where events may have been missed. */
    private Optional<String> reason(Mark mark) {
        return marks.certain(mark) ? Optional.empty() : blindness.map(why -> "events may have been missed: " + why);
    }

    private Window clipped(String phrase, Instant from, Instant to, Optional<String> doubt) {
        TimeWindow whole = plan.whole();
        Instant start = from.isBefore(whole.start()) ? whole.start() : from;
        Instant end = to.isAfter(whole.end()) ? whole.end() : to;
        TimeWindow time = new TimeWindow(start, end.isBefore(start) ? start : end);
        boolean cut = from.isBefore(whole.start()) || to.isAfter(whole.end());
        return new Window(
                phrase,
                time,
                cut
                        ? Optional.of("the load left only " + Values.length(time) + " of the "
                                + Values.length(new TimeWindow(from, to)) + " asked for")
                        : doubt);
    }

    /** A time of AWS as it is here. */
    private Duration scaled(Amount time) {
        return Duration.ofMillis(Math.round(time.canonical() * 1000 * timeScale));
    }
}
