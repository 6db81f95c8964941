package io.plimsoll.results.observation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One place where a metric is published.
 *
 * @param when of which resources; empty for all
 * @param namespace CloudWatch namespace
 * @param metric CloudWatch metric name
 * @param dimensions names of exactly the published dimension set, {@code Name=value} where the value is fixed, and
 *     {@value #OTHERS} if the set has others that only ListMetrics tells; CloudWatch does not aggregate across sets
 * @param statistic CloudWatch statistic, such as {@code Average}, {@code Sum} or {@code p95}
 * @param toUnit factor from the published number to the metric's unit, &gt; 0
 * @param period of publication on AWS, whole minutes
 * @param delay how long after the end of a period its datapoint is published at the latest, as seen; AWS promises nothing
 * @param region where it is published; empty for the region of the stack
 * @param fromInjector whether the run measures it itself: it is never asked of CloudWatch
 */
public record MetricSource(
        Optional<FactCondition> when,
        String namespace,
        String metric,
        List<String> dimensions,
        String statistic,
        double toUnit,
        Duration period,
        Duration delay,
        Optional<String> region,
        boolean fromInjector) {
    /** Stands for dimensions that only ListMetrics tells. */
    public static final String OTHERS = "*";

    private static final String STATISTIC =
            "Average|Sum|Minimum|Maximum|SampleCount|(?:p|tm|wm|tc|ts)\\d{1,2}(?:\\.\\d+)?|p100|IQM";
    private static final String DIMENSION = "\\*|[^=*]+(?:=[^=]+)?";

    public MetricSource {
        dimensions = List.copyOf(dimensions);
        if (!(toUnit > 0 && Double.isFinite(toUnit))) {
            throw new IllegalArgumentException(metric + ": factor to unit must be > 0, was " + toUnit);
        }
        if (!statistic.matches(STATISTIC)) {
            throw new IllegalArgumentException(metric + ": statistic must be one of CloudWatch's, such as Average, Sum,"
                    + " Minimum, Maximum, SampleCount or p95, was '" + statistic + "'");
        }
        if (dimensions.stream().anyMatch(dimension -> !dimension.matches(DIMENSION))) {
            throw new IllegalArgumentException(
                    metric + ": a dimension must be 'Name', 'Name=value' or '*', were " + dimensions);
        }
        if (period.isZero()
                || period.isNegative()
                || period.toNanos() % Duration.ofMinutes(1).toNanos() != 0) {
            throw new IllegalArgumentException(metric + ": period must be whole minutes, was " + period);
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException(metric + ": delay must be >= 0, was " + delay);
        }
    }
}
