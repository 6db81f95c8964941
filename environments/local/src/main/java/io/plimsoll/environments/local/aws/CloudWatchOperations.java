package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.Alarms;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;

/** CloudWatch. */
final class CloudWatchOperations {
    private static final int METRICS_OF_A_PAGE = 500;

    private final MetricStore store;
    private final MetricDataQueries queries;
    private final MetricPublication publication;
    private final AlarmOperations alarms;

    CloudWatchOperations(MetricStore store, Alarms alarms, EndpointFaults faults, Arns arns, Clock clock) {
        this.store = store;
        this.queries = new MetricDataQueries(store, faults, clock);
        this.publication = new MetricPublication(store, clock);
        this.alarms = new AlarmOperations(alarms, arns);
    }

    Service service() {
        List<Operation> operations = new ArrayList<>(List.of(
                Operation.of("PutMetricData", PutMetricDataRequest::builder, publication::answer),
                Operation.of("GetMetricData", GetMetricDataRequest::builder, queries::answer),
                Operation.of("ListMetrics", ListMetricsRequest::builder, this::listMetrics)));
        operations.addAll(alarms.operations());
        return new Service("monitoring", "cloudwatch", "http://monitoring.amazonaws.com/doc/2010-08-01/", operations);
    }

    private ListMetricsResponse listMetrics(ListMetricsRequest request) {
        List<MetricKey> keys =
                request.recentlyActive() == RecentlyActive.PT3_H ? store.metrics(Duration.ofHours(3)) : store.metrics();
        List<Metric> metrics = keys.stream()
                .filter(key ->
                        request.namespace() == null || request.namespace().equals(key.namespace()))
                .filter(key ->
                        request.metricName() == null || request.metricName().equals(key.name()))
                .filter(key -> request.dimensions().stream().allMatch(filter -> matches(key, filter)))
                .map(key -> Metric.builder()
                        .namespace(key.namespace())
                        .metricName(key.name())
                        .dimensions(Metrics.dimensions(key))
                        .build())
                .toList();
        Page<Metric> page = Page.of(metrics, request.nextToken(), null, METRICS_OF_A_PAGE, "InvalidParameterValue");
        return ListMetricsResponse.builder()
                .metrics(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static boolean matches(MetricKey key, DimensionFilter filter) {
        String value = key.dimensions().get(filter.name());
        return value != null && (filter.value() == null || filter.value().equals(value));
    }
}
