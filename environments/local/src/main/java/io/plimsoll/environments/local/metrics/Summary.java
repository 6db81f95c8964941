package io.plimsoll.environments.local.metrics;

/**
 * CloudWatch's StatisticSet: what is known of values that were aggregated before they were published.
 *
 * @param sampleCount number of values, > 0
 * @param sum their sum
 * @param minimum the smallest
 * @param maximum the largest
 */
public record Summary(double sampleCount, double sum, double minimum, double maximum) {
    public Summary {
        if (!(sampleCount > 0 && minimum <= maximum && Double.isFinite(sum) && Double.isFinite(sampleCount))) {
            throw new IllegalArgumentException("statistic set: sample count must be > 0 and minimum <= maximum, was "
                    + sampleCount + " values in [" + minimum + ", " + maximum + "] with sum " + sum);
        }
    }
}
