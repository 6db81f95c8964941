package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An alarm's state as CloudWatch finds it from the datapoints of its evaluation range, which is a few periods longer
 * than its evaluation periods so that single late or lost datapoints do not count as missing.
 *
 * @param state the state they call for
 * @param reason why, as CloudWatch words it
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">Configuring
 *     how CloudWatch alarms treat missing data</a>
 */
public record AlarmEvaluation(AlarmState state, String reason) {
    /** Periods of the evaluation range beyond the evaluation periods. */
    static final int EXTRA_PERIODS = 2;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Evaluates an alarm.
     *
     * @param range a period each, the oldest first; empty where the period has no datapoint
     * @param current the state so far, kept where the datapoints decide nothing
     */
    public static AlarmEvaluation of(AlarmSpec spec, List<Optional<Datapoint>> range, AlarmState current) {
        List<Datapoint> present = range.stream().flatMap(Optional::stream).toList();
        int looked = Math.min(present.size(), spec.evaluationPeriods());
        List<Datapoint> latest = present.subList(present.size() - looked, present.size());
        int missing = spec.evaluationPeriods() - looked;
        int breaching = (int)
                latest.stream().filter(point -> spec.breaches(point.value())).count();
        AlarmState state = missing == 0
                ? decided(breaching >= spec.datapointsToAlarm())
                : withMissing(spec, range, breaching, missing, current);
        return new AlarmEvaluation(state, reason(spec, latest, state));
    }

    private static AlarmState decided(boolean alarm) {
        return alarm ? AlarmState.ALARM : AlarmState.OK;
    }

    private static AlarmState withMissing(
            AlarmSpec spec, List<Optional<Datapoint>> range, int breaching, int missing, AlarmState current) {
        int needed = spec.datapointsToAlarm();
        boolean cannotAlarm = breaching + missing < needed;
        return switch (spec.missingData()) {
            case BREACHING -> decided(breaching + missing >= needed);
            case NOT_BREACHING -> decided(breaching >= needed);
            case IGNORE -> breaching >= needed ? AlarmState.ALARM : cannotAlarm ? AlarmState.OK : current;
            case MISSING -> {
                if (missing == spec.evaluationPeriods()) {
                    yield AlarmState.INSUFFICIENT_DATA;
                }
                if (breaching >= needed || isOldBreach(spec, range)) {
                    yield AlarmState.ALARM;
                }
                yield cannotAlarm || breaching == 0 ? AlarmState.OK : current;
            }
        };
    }

    /** Whether the oldest datapoint breaches, is as old as the datapoints to alarm, and all later ones breach. */
    private static boolean isOldBreach(AlarmSpec spec, List<Optional<Datapoint>> range) {
        for (int i = 0; i < range.size(); i++) {
            if (range.get(i).isPresent()) {
                boolean old = range.size() - i >= spec.datapointsToAlarm();
                return old && range.stream().flatMap(Optional::stream).allMatch(point -> spec.breaches(point.value()));
            }
        }
        return false;
    }

    private static String reason(AlarmSpec spec, List<Datapoint> latest, AlarmState state) {
        if (state == AlarmState.INSUFFICIENT_DATA) {
            return "Insufficient Data: " + spec.evaluationPeriods() + " datapoints were unknown.";
        }
        boolean alarm = state == AlarmState.ALARM;
        List<Datapoint> telling = new ArrayList<>(latest.stream()
                .filter(point -> spec.breaches(point.value()) == alarm)
                .toList());
        int needed = alarm ? spec.datapointsToAlarm() : spec.evaluationPeriods() - spec.datapointsToAlarm() + 1;
        String points = telling.stream()
                .map(point -> point.value() + " (" + TIME.format(point.at()) + ")")
                .collect(Collectors.joining(", ", "[", "]"));
        return "Threshold Crossed: " + telling.size() + " out of the last " + spec.evaluationPeriods() + " datapoints "
                + points + (telling.size() == 1 ? " was " : " were ") + (alarm ? "" : "not ")
                + spec.comparison().words() + " the threshold (" + spec.threshold() + ") (minimum " + needed
                + (needed == 1 ? " datapoint" : " datapoints") + " for " + (alarm ? "OK -> ALARM" : "ALARM -> OK")
                + " transition).";
    }
}
