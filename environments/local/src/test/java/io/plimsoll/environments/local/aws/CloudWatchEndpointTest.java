package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class CloudWatchEndpointTest {
    private final EndpointFixture fixture = new EndpointFixture();
    private final CloudWatchClient cloudWatch = fixture.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        cloudWatch.close();
        fixture.close();
    }

    private void put(long second, double... values) {
        fixture.store.putAll(
                "AWS/EC2",
                "CPUUtilization",
                new TreeMap<>(Map.of("InstanceId", "i-1")),
                T0.plusSeconds(second),
                values,
                "Percent");
    }

    private static MetricDataQuery query(String id, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(metric -> metric.metric(named -> named.namespace("AWS/EC2")
                                .metricName("CPUUtilization")
                                .dimensions(Dimension.builder()
                                        .name("InstanceId")
                                        .value("i-1")
                                        .build()))
                        .stat(stat)
                        .period(period))
                .build();
    }

    private static GetMetricDataRequest.Builder request(long from, long to, MetricDataQuery... queries) {
        return GetMetricDataRequest.builder()
                .startTime(T0.plusSeconds(from))
                .endTime(T0.plusSeconds(to))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .metricDataQueries(queries);
    }

    private static DimensionFilter.Builder filter(String name) {
        return DimensionFilter.builder().name(name);
    }

    private static String code(Throwable error) {
        return ((CloudWatchException) error).awsErrorDetails().errorCode();
    }

    @Test
    void valuesComeBackInTheAskedOrderWithStartInclusiveAndEndExclusive() {
        put(0, 10);
        put(1, 20, 30);
        put(2, 40);
        put(3, 50);

        GetMetricDataResponse ascending =
                cloudWatch.getMetricData(request(1, 3, query("a", "Average", 1)).build());
        MetricDataResult result = ascending.metricDataResults().get(0);
        assertThat(result.timestamps()).containsExactly(T0.plusSeconds(1), T0.plusSeconds(2));
        assertThat(result.values()).containsExactly(25.0, 40.0);
        assertThat(result.label()).isEqualTo("CPUUtilization");
        assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
        assertThat(ascending.nextToken()).isNull();

        GetMetricDataRequest byDefault =
                request(1, 3, query("a", "Average", 1)).scanBy((ScanBy) null).build();
        assertThat(cloudWatch
                        .getMetricData(byDefault)
                        .metricDataResults()
                        .get(0)
                        .values())
                .containsExactly(40.0, 25.0);
    }

    @Test
    void percentilesAreOfTheRawValues() {
        put(0, IntStream.rangeClosed(1, 1000).asDoubleStream().toArray());

        GetMetricDataResponse response = cloudWatch.getMetricData(
                request(0, 60, query("p50", "p50", 60), query("p999", "p99.9", 60), query("n", "SampleCount", 60))
                        .build());

        assertThat(response.metricDataResults().stream().flatMap(result -> result.values().stream()))
                .containsExactly(500.0, 999.0, 1000.0);
    }

    @Test
    void pagesHoldAtMostTheAskedDatapointsAndAddUp() {
        IntStream.range(0, 7).forEach(second -> put(second, second));
        List<String> pages = new ArrayList<>();
        String token = null;
        do {
            GetMetricDataResponse page =
                    cloudWatch.getMetricData(request(0, 60, query("a", "Sum", 1), query("b", "Maximum", 1))
                            .maxDatapoints(4)
                            .nextToken(token)
                            .build());
            page.metricDataResults()
                    .forEach(result -> pages.add(result.id()
                            + result.values().stream().map(Double::intValue).toList() + " " + result.statusCode()));
            token = page.nextToken();
        } while (token != null);

        assertThat(pages)
                .containsExactly(
                        "a[0, 1, 2, 3] PartialData",
                        "a[4, 5, 6] Complete",
                        "b[0] PartialData",
                        "b[1, 2, 3, 4] PartialData",
                        "b[5, 6] Complete");
    }

    @Test
    void aPageThatEndsWithAQueryIsFollowedByTheNextQueryInEitherOrder() {
        IntStream.range(0, 4).forEach(second -> put(second, second));
        GetMetricDataRequest.Builder descending = request(0, 60, query("a", "Sum", 1), query("b", "Sum", 1))
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .maxDatapoints(4);

        GetMetricDataResponse first = cloudWatch.getMetricData(descending.build());
        GetMetricDataResponse second =
                cloudWatch.getMetricData(descending.nextToken(first.nextToken()).build());

        assertThat(first.metricDataResults()).hasSize(1);
        assertThat(first.metricDataResults().get(0).values()).containsExactly(3.0, 2.0, 1.0, 0.0);
        assertThat(second.metricDataResults()).hasSize(1);
        assertThat(second.metricDataResults().get(0).id()).isEqualTo("b");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void aMetricWithoutValuesHasAnEmptyCompleteResult() {
        MetricDataResult result = cloudWatch
                .getMetricData(request(0, 60, query("none", "Sum", 1)).build())
                .metricDataResults()
                .get(0);

        assertThat(result.id()).isEqualTo("none");
        assertThat(result.values()).isEmpty();
        assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
    }

    @Test
    void fiveHundredQueriesAreAnsweredAndOneMoreIsRefused() {
        MetricDataQuery[] queries =
                IntStream.range(0, 501).mapToObj(i -> query("q" + i, "Sum", 1)).toArray(MetricDataQuery[]::new);

        GetMetricDataRequest most = request(0, 60, Arrays.copyOf(queries, 500)).build();
        assertThat(cloudWatch.getMetricData(most).metricDataResults()).hasSize(500);
        assertThatThrownBy(
                        () -> cloudWatch.getMetricData(request(0, 60, queries).build()))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining("The collection MetricDataQueries must not have a size greater than 500.")
                .satisfies(error -> assertThat(code(error)).isEqualTo("ValidationError"));
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> cloudWatch.getMetricData(
                        request(1, 1, query("a", "Sum", 1)).build()))
                .hasMessageContaining("The parameter StartTime must be less than the parameter EndTime.");
        assertThatThrownBy(() -> cloudWatch.getMetricData(
                        request(0, 1, query("a", "Sum", 7)).build()))
                .hasMessageContaining("Query 'a': Period must be 1, 5, 10, 20, 30 or a multiple of 60, was 7.");
        assertThatThrownBy(() -> cloudWatch.getMetricData(
                        request(0, 1, query("a", "median", 1)).build()))
                .hasMessageContaining("statistic 'median' is not one of Average");
        assertThatThrownBy(() -> cloudWatch.getMetricData(request(0, 1, query("a", "Sum", 1), query("a", "Sum", 1))
                        .build()))
                .hasMessageContaining("The values for parameter id in MetricDataQueries are not unique.");
        assertThatThrownBy(() -> cloudWatch.getMetricData(
                        request(0, 1, query("a", "Sum", 1)).nextToken("x").build()))
                .isInstanceOf(InvalidNextTokenException.class);
    }

    @Test
    void putMetricDataIsStoredAlsoWhenItIsLargeEnoughToBeCompressed() {
        List<MetricDatum> data = IntStream.range(0, 1000)
                .mapToObj(second -> MetricDatum.builder()
                        .metricName("QueueLength")
                        .dimensions(Dimension.builder()
                                .name("Stage")
                                .value("auto scaled & co")
                                .build())
                        .timestamp(T0.plusSeconds(second))
                        .values(1.0, 2.5)
                        .counts(3.0, 1.0)
                        .unit(StandardUnit.COUNT)
                        .storageResolution(1)
                        .build())
                .toList();

        cloudWatch.putMetricData(request -> request.namespace("Plimsoll/Test").metricData(data));

        MetricDataQuery sum = MetricDataQuery.builder()
                .id("sum")
                .metricStat(metric -> metric.metric(named -> named.namespace("Plimsoll/Test")
                                .metricName("QueueLength")
                                .dimensions(Dimension.builder()
                                        .name("Stage")
                                        .value("auto scaled & co")
                                        .build()))
                        .stat("Sum")
                        .period(3600))
                .build();
        assertThat(cloudWatch
                        .getMetricData(request(0, 3600, sum).build())
                        .metricDataResults()
                        .get(0)
                        .values())
                .containsExactly(5500.0);
        assertThat(cloudWatch
                        .listMetricsPaginator(r -> r.namespace("Plimsoll/Test"))
                        .metrics())
                .hasSize(1)
                .allSatisfy(
                        metric -> assertThat(metric.dimensions().get(0).value()).isEqualTo("auto scaled & co"));
    }

    @Test
    void putMetricDataRecordsAllOrNothing() {
        MetricDatum good = MetricDatum.builder().metricName("Load").value(1.0).build();
        MetricDatum bad = good.toBuilder().timestamp(Instant.EPOCH).build();

        assertThatThrownBy(() -> cloudWatch.putMetricData(
                        r -> r.namespace("Plimsoll/Test").metricData(good, bad)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("was 1970-01-01T00:00:00Z");
        assertThatThrownBy(() ->
                        cloudWatch.putMetricData(r -> r.namespace("AWS/EC2").metricData(good)))
                .isInstanceOf(InvalidParameterValueException.class);
        fixture.clock.advance(Duration.ofSeconds(5));
        assertThat(cloudWatch.listMetrics().metrics()).isEmpty();
    }

    @Test
    void listMetricsComesInPagesOfFiveHundredAndFilters() {
        IntStream.range(0, 501)
                .forEach(i -> fixture.store.put(
                        "AWS/EC2", "NetworkIn", new TreeMap<>(Map.of("InstanceId", "i-" + i)), T0, 1, "Bytes"));
        put(0, 1);

        assertThat(cloudWatch.listMetrics().metrics()).hasSize(500);
        assertThat(cloudWatch.listMetricsPaginator().metrics()).hasSize(502);
        assertThat(cloudWatch
                        .listMetrics(r ->
                                r.dimensions(filter("InstanceId").value("i-1").build()))
                        .metrics())
                .hasSize(2);
        assertThat(cloudWatch
                        .listMetrics(r -> r.metricName("CPUUtilization")
                                .dimensions(filter("InstanceId").build()))
                        .metrics())
                .hasSize(1);
        assertThat(cloudWatch
                        .listMetrics(r -> r.dimensions(filter("VolumeId").build()))
                        .metrics())
                .isEmpty();
    }
}
