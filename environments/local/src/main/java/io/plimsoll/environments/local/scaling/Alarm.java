package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** An alarm and its state. Not safe for several threads. */
final class Alarm {
    /** CloudWatch keeps 30 days of history; this is more than one day of an alarm that changes every 10 s. */
    private static final int HISTORY_LIMIT = 10_000;

    private final AlarmSpec spec;
    private final Instant configured;
    private final Deque<AlarmTransition> history = new ArrayDeque<>();
    private AlarmState state = AlarmState.INSUFFICIENT_DATA;
    private String reason = AlarmReason.CREATED;
    private Instant updated;
    private Instant evaluatedUntil = Instant.MIN;

    Alarm(AlarmSpec spec, Instant configured) {
        this.spec = spec;
        this.configured = configured;
        this.updated = configured;
    }

    /**
     * Evaluates the alarm if a period has been published since the last time.
     *
     * @return the latest datapoint, if the alarm was evaluated and now is in state ALARM: its action is due, as
     *     CloudWatch invokes a scaling action for every period that an alarm remains in the state
     */
    Optional<Datapoint> evaluate(MetricStore store, Instant now) {
        long period = spec.period().toSeconds();
        long published = MetricStore.publishedUntil(now).getEpochSecond();
        Instant end = Instant.ofEpochSecond(Math.floorDiv(published, period) * period);
        if (!end.isAfter(evaluatedUntil)) {
            return Optional.empty();
        }
        evaluatedUntil = end;
        List<Datapoint> range = store.datapoints(
                spec.metric(), spec.statistic(), AlarmEvaluation.rangeStart(spec, end), end, spec.period());
        AlarmEvaluation evaluation = AlarmEvaluation.of(spec, range, end);
        evaluation.state().filter(next -> next != state).ifPresent(next -> change(next, evaluation, now));
        return evaluation.latest().filter(latest -> state == AlarmState.ALARM);
    }

    private void change(AlarmState next, AlarmEvaluation evaluation, Instant now) {
        String nextReason = AlarmReason.of(spec, evaluation, state, next);
        history.addLast(new AlarmTransition(now, spec.name(), state, reason, next, nextReason));
        if (history.size() > HISTORY_LIMIT) {
            history.removeFirst();
        }
        state = next;
        reason = nextReason;
        updated = now;
    }

    AlarmSpec spec() {
        return spec;
    }

    AlarmStatus status() {
        return new AlarmStatus(spec, configured, state, reason, updated);
    }

    /** Changes of its state, the oldest first. */
    List<AlarmTransition> history() {
        return List.copyOf(history);
    }
}
