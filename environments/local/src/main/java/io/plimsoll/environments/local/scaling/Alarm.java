package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An alarm and the state it is in; the state is a function of the metric's published whole periods. */
final class Alarm {
    private static final String NEW = "Unchecked: Initial alarm creation";

    private final AlarmSpec spec;
    private final Instant configured;
    private final Consumer<AlarmTransition> history;
    private AlarmState state = AlarmState.INSUFFICIENT_DATA;
    private String reason = NEW;
    private Instant updated;
    private Instant evaluatedUntil = Instant.MIN;
    private Optional<Datapoint> latest = Optional.empty();

    /**
     * A new alarm, which has insufficient data.
     *
     * @param history told each change of state
     */
    Alarm(AlarmSpec spec, Instant configured, Consumer<AlarmTransition> history) {
        this.spec = spec;
        this.configured = configured;
        this.updated = configured;
        this.history = history;
    }

    /**
     * Looks at the metric again if a period has been published since the last time.
     *
     * @param published end of the last published second
     * @param now when a change of state happens
     * @return whether one had
     */
    boolean evaluate(MetricStore store, Instant published, Instant now) {
        long period = spec.period().toSeconds();
        Instant until = Instant.ofEpochSecond(Math.floorDiv(published.getEpochSecond(), period) * period);
        if (!until.isAfter(evaluatedUntil)) {
            return false;
        }
        evaluatedUntil = until;
        List<Optional<Datapoint>> range = range(store, until);
        latest = range.get(range.size() - 1);
        AlarmEvaluation evaluation = AlarmEvaluation.of(spec, range, state);
        if (evaluation.state() != state) {
            history.accept(
                    new AlarmTransition(now, spec.name(), state, reason, evaluation.state(), evaluation.reason()));
            state = evaluation.state();
            reason = evaluation.reason();
            updated = now;
        }
        return true;
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

    /** Datapoint of the period evaluated last; empty if it has none. */
    Optional<Datapoint> latest() {
        return latest;
    }

    String name() {
        return spec.name();
    }

    AlarmStatus status() {
        return new AlarmStatus(spec, configured, state, reason, updated);
    }
}
