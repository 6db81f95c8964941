package io.plimsoll.environments.local.estate;

import java.time.Instant;
import java.util.SortedMap;

/** Takes measured values, as PutMetricData does. Safe for use by several threads. */
public interface MetricSink {
    /**
     * Records one measured value.
     *
     * @param namespace CloudWatch namespace
     * @param metric CloudWatch metric name
     * @param dimensions exactly the dimension set it is published under
     * @param at when it was measured
     * @param value in {@code unit}
     * @param unit CloudWatch standard unit, such as {@code Percent}, {@code Count}, {@code Seconds}
     */
    void put(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double value,
            String unit);

    /**
     * Records raw values of one metric measured in the same period, so that percentiles can be had of them.
     *
     * @param values each in {@code unit}; none is recorded if it is empty
     */
    default void putAll(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double[] values,
            String unit) {
        for (double value : values) {
            put(namespace, metric, dimensions, at, value, unit);
        }
    }
}
