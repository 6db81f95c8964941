package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Finds the moment from which an SLO holds. It is looked at over stretches of {@link #STRETCH}, from each whole second on;
 * one about metrics from the start of each period on, and over one period where that is longer.
 */
final class Recovery {
    /** Long enough for a percentile of a slow request, short enough to tell seconds apart. */
    static final Duration STRETCH = Duration.ofSeconds(10);

    private final Meter meter;

    Recovery(Meter meter) {
        this.meter = meter;
    }

    /**
     * When it was.
     *
     * @param moment empty if it was not reached, or that is not known
     * @param watchedUntil the start of the last stretch that was looked at
     * @param unknown why it cannot be told; empty if it can
     */
    record Found(Optional<MarkFinder.Moment> moment, Instant watchedUntil, Optional<String> unknown) {}

    /**
     * The moment from which an SLO holds.
     *
     * @param from it is looked for from here on
     * @param until and up to here
     * @param forGood whether it must hold over every later stretch too
     */
    Found find(Slo slo, Instant from, Instant until, boolean forGood) {
        Duration period = slo.metrics()
                .map(MetricDefinition::kind)
                .map(kind -> meter.estate().period(kind))
                .max(Duration::compareTo)
                .orElse(Duration.ofSeconds(1));
        boolean ofMetrics = slo.metrics().findAny().isPresent();
        Duration step = period.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : period;
        Duration stretch = step.compareTo(STRETCH) > 0 ? step : STRETCH;
        Instant first = ofMetrics ? ceiling(from, step) : from.truncatedTo(ChronoUnit.SECONDS);
        Instant last = Coverage.floor(until.minus(stretch), step);
        // A period tells what happened within it, so what held from its start on may have held for a part of the one
        // before.
        Duration within = ofMetrics ? step : Duration.ZERO;
        return forGood
                ? backwards(slo, new Walk(from, first, last, step, stretch, within))
                : forwards(slo, new Walk(from, first, last, step, stretch, within));
    }

    private record Walk(Instant from, Instant first, Instant last, Duration step, Duration stretch, Duration within) {
        TimeWindow at(Instant start) {
            return new TimeWindow(start, start.plus(stretch));
        }

        MarkFinder.Moment moment(Instant start) {
            Instant at = start.isBefore(from) ? from : start;
            Duration possible = Duration.between(from, at);
            return new MarkFinder.Moment(at, possible.compareTo(within) < 0 ? possible : within);
        }
    }

    private static Instant ceiling(Instant instant, Duration step) {
        Instant floor = Coverage.floor(instant, step);
        return floor.equals(instant) ? floor : floor.plus(step);
    }

    private Found backwards(Slo slo, Walk walk) {
        Optional<Instant> since = Optional.empty();
        for (Instant at = walk.last(); !at.isBefore(walk.first()); at = at.minus(walk.step())) {
            Optional<Boolean> holds = holds(slo, walk.at(at));
            if (holds.isEmpty()) {
                return unknown(slo, walk, at);
            }
            if (!holds.get()) {
                break;
            }
            since = Optional.of(at);
        }
        return new Found(since.map(walk::moment), walk.last(), Optional.empty());
    }

    private Found forwards(Slo slo, Walk walk) {
        for (Instant at = walk.first(); !at.isAfter(walk.last()); at = at.plus(walk.step())) {
            Optional<Boolean> holds = holds(slo, walk.at(at));
            if (holds.isEmpty()) {
                return unknown(slo, walk, at);
            }
            if (holds.get()) {
                return new Found(Optional.of(walk.moment(at)), walk.last(), Optional.empty());
            }
        }
        return new Found(Optional.empty(), walk.last(), Optional.empty());
    }

    private Optional<Boolean> holds(Slo slo, TimeWindow stretch) {
        if (slo.forEach().isEmpty()) {
            return Holding.at(meter, slo, stretch, Meter.Terms.USUAL);
        }
        boolean all = true;
        for (var resource : meter.estate().existing(slo.forEach().get(), stretch)) {
            Optional<Boolean> one = Holding.at(meter, slo, stretch, Meter.Terms.USUAL.of(java.util.List.of(resource)));
            if (one.isEmpty()) {
                return one;
            }
            all &= one.get();
        }
        return Optional.of(all);
    }

    private static Found unknown(Slo slo, Walk walk, Instant at) {
        boolean ofMetrics = slo.metrics().findAny().isPresent();
        return new Found(
                Optional.empty(),
                walk.last(),
                Optional.of((ofMetrics ? "too little is known of the " : "no response in the ")
                        + Values.length(walk.at(at)) + " from " + at + ", so it cannot be told when it recovered"));
    }
}
