package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an alarm's state should be, as CloudWatch documents it under "Configuring how CloudWatch alarms treat missing
 * data": more periods are looked at than are evaluated, real datapoints are preferred, and only as many missing ones are
 * filled in as are needed.
 *
 * @param state the state; empty if the alarm keeps the one it has
 * @param deciding the datapoints that decided, the latest first; those that breach for ALARM, those that do not for OK
 * @param considered number of periods that were evaluated
 * @param latest the latest datapoint in sight; empty if there is none
 */
record AlarmEvaluation(
        Optional<AlarmState> state, List<Datapoint> deciding, int considered, Optional<Datapoint> latest) {
    /** CloudWatch looks further back than the periods it evaluates; its tables show two further. */
    static final int FURTHER_PERIODS = 2;

    AlarmEvaluation {
        deciding = List.copyOf(deciding);
    }

    /** Start of the range that is looked at. */
    static Instant rangeStart(AlarmSpec spec, Instant end) {
        return end.minus(spec.period().multipliedBy((long) spec.evaluationPeriods() + FURTHER_PERIODS));
    }

    /**
     * Evaluates.
     *
     * @param range datapoints of periods that begin in {@code [rangeStart(spec, end), end)}, in any order
     * @param end end of the latest period
     */
    static AlarmEvaluation of(AlarmSpec spec, List<Datapoint> range, Instant end) {
        List<Datapoint> latestFirst = new ArrayList<>(range);
        latestFirst.sort(Comparator.comparing(Datapoint::at).reversed());
        int wanted = spec.evaluationPeriods();
        List<Datapoint> evaluated = latestFirst.subList(0, Math.min(wanted, latestFirst.size()));
        List<Datapoint> breaching = new ArrayList<>();
        List<Datapoint> fine = new ArrayList<>();
        for (Datapoint point : evaluated) {
            (spec.breaches(point.value()) ? breaching : fine).add(point);
        }
        int missing = wanted - evaluated.size();
        Optional<AlarmState> state = breaching.size() >= spec.datapointsToAlarm()
                ? Optional.of(AlarmState.ALARM)
                : missing == 0 ? Optional.of(AlarmState.OK) : withMissing(spec, breaching, fine, missing, end);
        List<Datapoint> deciding =
                state.map(known -> known == AlarmState.ALARM ? breaching : fine).orElse(List.of());
        return new AlarmEvaluation(state, deciding, wanted, latestFirst.stream().findFirst());
    }

    private static Optional<AlarmState> withMissing(
            AlarmSpec spec, List<Datapoint> breaching, List<Datapoint> fine, int missing, Instant end) {
        boolean noneAtAll = breaching.isEmpty() && fine.isEmpty();
        return switch (spec.missingData()) {
            case BREACHING ->
                Optional.of(breaching.size() + missing >= spec.datapointsToAlarm() ? AlarmState.ALARM : AlarmState.OK);
            case NOT_BREACHING -> Optional.of(AlarmState.OK);
            case IGNORE -> fine.isEmpty() ? Optional.empty() : Optional.of(AlarmState.OK);
            case MISSING ->
                noneAtAll
                        ? Optional.of(AlarmState.INSUFFICIENT_DATA)
                        : breachesSinceLongEnough(spec, breaching, fine, end)
                                ? Optional.of(AlarmState.ALARM)
                                : fine.isEmpty() ? Optional.empty() : Optional.of(AlarmState.OK);
        };
    }

    /**
     * Whether the oldest breaching datapoint is at least as old as the datapoints to alarm and nothing since was fine:
     * then the alarm does not wait for data that may never come.
     */
    private static boolean breachesSinceLongEnough(
            AlarmSpec spec, List<Datapoint> breaching, List<Datapoint> fine, Instant end) {
        Instant longEnough = end.minus(spec.period().multipliedBy(spec.datapointsToAlarm()));
        Instant since = fine.isEmpty() ? Instant.MIN : fine.get(0).at();
        return breaching.stream()
                .anyMatch(point -> point.at().isAfter(since) && !point.at().isAfter(longEnough));
    }
}
