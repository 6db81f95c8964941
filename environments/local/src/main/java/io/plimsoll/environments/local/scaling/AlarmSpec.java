package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A metric alarm.
 *
 * @param name its name
 * @param description for people
 * @param metric the metric it watches
 * @param statistic the statistic of a period
 * @param period a positive multiple of 1 s
 * @param evaluationPeriods how many of the latest periods are looked at, >= 1
 * @param datapointsToAlarm how many of those must breach, in [1, evaluationPeriods]
 * @param comparison how a datapoint is compared with the threshold
 * @param threshold in the metric's unit
 * @param missingData what a period without a datapoint counts as
 * @param actions what it triggers
 */
public record AlarmSpec(
        String name,
        Optional<String> description,
        MetricKey metric,
        Statistic statistic,
        Duration period,
        int evaluationPeriods,
        int datapointsToAlarm,
        Comparison comparison,
        double threshold,
        MissingData missingData,
        AlarmActions actions) {
    public AlarmSpec {
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || !period.equals(period.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException(
                    "alarm " + name + ": period must be a positive multiple of 1 s, was " + period);
        }
        if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
            throw new IllegalArgumentException("alarm " + name + ": datapoints to alarm must be in [1, "
                    + evaluationPeriods + "], was " + datapointsToAlarm);
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException(
                    "alarm " + name + ": threshold must be a finite number, was " + threshold);
        }
    }

    /** The same alarm with other actions. */
    public AlarmSpec with(AlarmActions others) {
        return new AlarmSpec(
                name,
                description,
                metric,
                statistic,
                period,
                evaluationPeriods,
                datapointsToAlarm,
                comparison,
                threshold,
                missingData,
                others);
    }

    boolean breaches(double value) {
        return comparison.breaches(value, threshold);
    }
}
