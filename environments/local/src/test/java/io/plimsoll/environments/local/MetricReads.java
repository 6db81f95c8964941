package io.plimsoll.environments.local;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** Reads one metric of the last ten minutes, second by second, as CloudWatch's clients do. */
final class MetricReads {
    private MetricReads() {}

    static List<Double> values(
            CloudWatchClient metrics, String namespace, String metric, String dimension, String of, String statistic) {
        Instant now = Instant.now();
        Metric named = Metric.builder()
                .namespace(namespace)
                .metricName(metric)
                .dimensions(Dimension.builder().name(dimension).value(of).build())
                .build();
        MetricDataQuery query = MetricDataQuery.builder()
                .id("m")
                .metricStat(stat -> stat.period(1).stat(statistic).metric(named))
                .build();
        return metrics.getMetricData(request -> request.startTime(now.minusSeconds(600))
                        .endTime(now.plusSeconds(1))
                        .metricDataQueries(query))
                .metricDataResults()
                .get(0)
                .values();
    }
}
