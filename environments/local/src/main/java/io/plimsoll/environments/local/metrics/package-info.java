/**
 * What CloudWatch keeps: raw values of each metric and dimension set by second, and the statistics asked of them.
 *
 * <pre>{@code
 * MetricStore store = new MetricStore(clock);
 * store.put("AWS/EC2", "CPUUtilization", dimensions, at, 42.0, "Percent");
 * store.datapoints(key, Statistic.AVERAGE, start, end, Duration.ofSeconds(1));
 * }</pre>
 */
@NullMarked
package io.plimsoll.environments.local.metrics;

import org.jspecify.annotations.NullMarked;
