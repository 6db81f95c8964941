package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An alarm's StateReason, in CloudWatch's words. */
final class AlarmReason {
    static final String CREATED = "Unchecked: Initial alarm creation";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AlarmReason() {}

    /**
     * Why an alarm changes.
     *
     * @param from the state before
     * @param to the state after
     */
    static String of(AlarmSpec spec, AlarmEvaluation evaluation, AlarmState from, AlarmState to) {
        if (evaluation.deciding().isEmpty()) {
            return missing(spec, to);
        }
        boolean alarm = to == AlarmState.ALARM;
        List<Datapoint> deciding = evaluation.deciding();
        int minimum = alarm ? spec.datapointsToAlarm() : spec.evaluationPeriods() - spec.datapointsToAlarm() + 1;
        return "Threshold Crossed: " + deciding.size() + " out of the last " + evaluation.considered()
                + " datapoints ["
                + deciding.stream()
                        .map(point -> point.value() + " (" + TIME.format(point.at()) + ")")
                        .collect(Collectors.joining(", "))
                + "] " + (deciding.size() == 1 ? "was " : "were ") + (alarm ? "" : "not ")
                + spec.comparison().words() + " the threshold (" + spec.threshold() + ") (minimum " + minimum
                + (minimum == 1 ? " datapoint" : " datapoints") + " for " + from + " -> " + to + " transition).";
    }

    private static String missing(AlarmSpec spec, AlarmState to) {
        int periods = spec.evaluationPeriods();
        String unknown = periods == 1 ? "1 datapoint was unknown" : periods + " datapoints were unknown";
        if (to == AlarmState.INSUFFICIENT_DATA) {
            return "Insufficient Data: " + unknown + ".";
        }
        String treated = periods == 1 ? "1 missing datapoint was" : periods + " missing datapoints were";
        return "Threshold Crossed: no datapoints were received for " + periods
                + (periods == 1 ? " period and " : " periods and ") + treated + " treated as ["
                + (to == AlarmState.ALARM ? "Breaching" : "NonBreaching") + "].";
    }
}
