package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An alarm and the state it is in; unless a user set it, the state is a function of the metric's whole periods. */
final class Alarm {
    private static final String NEW = "Unchecked: Initial alarm creation";

    private AlarmSpec spec;
    private Instant configured;
    private AlarmState state = AlarmState.INSUFFICIENT_DATA;
    private String reason = NEW;
    private Instant updated;
    private Instant evaluatedUntil = Instant.MIN;
    private Optional<Datapoint> latest = Optional.empty();

    /** A new alarm, which has insufficient data. */
    Alarm(AlarmSpec spec, Instant configured) {
        this.spec = spec;
        this.configured = configured;
        this.updated = configured;
    }

    /** Configures it anew; its state stays until the next period is evaluated. */
    void configure(AlarmSpec anew, Instant at) {
        spec = anew;
        configured = at;
        evaluatedUntil = Instant.MIN;
    }

    /** Sets what it triggers, which leaves its evaluation alone. */
    void actions(AlarmActions actions) {
        spec = spec.with(actions);
    }

    /**
     * What an evaluation found.
     *
     * @param transition the change of state; empty if there was none
     */
    record Evaluated(Optional<AlarmTransition> transition) {}

    /**
     * Looks at the metric again if a period has been published since the last time.
     *
     * @param published end of the last published second
     * @param now when a change of state happens
     * @return empty if none has been published
     */
    Optional<Evaluated> evaluate(MetricStore store, Instant published, Instant now) {
        long period = spec.period().toSeconds();
        Instant until = Instant.ofEpochSecond(Math.floorDiv(published.getEpochSecond(), period) * period);
        if (!until.isAfter(evaluatedUntil)) {
            return Optional.empty();
        }
        evaluatedUntil = until;
        List<Optional<Datapoint>> range = range(store, until);
        latest = range.get(range.size() - 1);
        AlarmEvaluation evaluation = AlarmEvaluation.of(spec, range, state);
        return Optional.of(new Evaluated(change(evaluation.state(), evaluation.reason(), now)));
    }

    /** Puts it into a state until the next evaluation. */
    Optional<AlarmTransition> set(AlarmState to, String why, Instant now) {
        latest = latest.filter(point -> (to == AlarmState.ALARM) == spec.breaches(point.value()));
        return change(to, why, now);
    }

    private Optional<AlarmTransition> change(AlarmState to, String why, Instant now) {
        if (to == state) {
            return Optional.empty();
        }
        AlarmTransition transition = new AlarmTransition(now, spec.name(), state, reason, to, why);
        state = to;
        reason = why;
        updated = now;
        return Optional.of(transition);
    }

    private List<Optional<Datapoint>> range(MetricStore store, Instant until) {
        int periods = spec.evaluationPeriods() + AlarmEvaluation.EXTRA_PERIODS;
        Instant from = until.minus(spec.period().multipliedBy(periods));
        Map<Instant, Datapoint> points =
                store.datapoints(spec.metric(), spec.statistic(), from, until, spec.period()).stream()
                        .collect(Collectors.toMap(Datapoint::at, Function.identity()));
        List<Optional<Datapoint>> range = new ArrayList<>();
        for (Instant at = from; at.isBefore(until); at = at.plus(spec.period())) {
            range.add(Optional.ofNullable(points.get(at)));
        }
        return range;
    }

    AlarmState state() {
        return state;
    }

    /** Datapoint of the period evaluated last; empty if it has none or does not fit a state that a user set. */
    Optional<Datapoint> latest() {
        return latest;
    }

    AlarmSpec spec() {
        return spec;
    }

    AlarmStatus status() {
        return new AlarmStatus(spec, configured, state, reason, updated);
    }
}
