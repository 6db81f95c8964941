package io.plimsoll.results.observation;

import java.util.List;

/**
 * One metric that an SLO can name.
 *
 * @param name the words of the SLO language, such as {@code replica lag}
 * @param kind what it is measured of
 * @param namespace CloudWatch namespace
 * @param metric CloudWatch metric name
 * @param dimensions names of exactly the published dimension set; CloudWatch does not aggregate across sets
 * @param statistic CloudWatch statistic, such as {@code Average}, {@code Sum} or {@code p95}
 * @param unit the unit of samples in the evidence
 * @param toUnit factor from the published number to {@code unit}
 * @param absence what a missing datapoint means
 */
public record MetricDefinition(
        String name,
        ResourceKind kind,
        String namespace,
        String metric,
        List<String> dimensions,
        String statistic,
        Unit unit,
        double toUnit,
        Absence absence) {
    public MetricDefinition {
        dimensions = List.copyOf(dimensions);
        if (!(toUnit > 0)) {
            throw new IllegalArgumentException(name + ": factor to unit must be > 0, was " + toUnit);
        }
    }
}
