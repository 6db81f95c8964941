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
     * Records several values measured at one instant, such as the response times of the requests that ended in a
     * second. No values, no record.
     *
     * @param namespace CloudWatch namespace
     * @param metric CloudWatch metric name
     * @param dimensions exactly the dimension set they are published under
     * @param at when they were measured
     * @param values in {@code unit}, in any order
     * @param unit CloudWatch standard unit
     */
    void putAll(
            String namespace,
            String metric,
            SortedMap<String, String> dimensions,
            Instant at,
            double[] values,
            String unit);
}
