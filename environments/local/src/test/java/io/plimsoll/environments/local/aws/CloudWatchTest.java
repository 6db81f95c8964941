package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.LocalAccount.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class CloudWatchTest {
    private final LocalAccount account = new LocalAccount();
    private final CloudWatchClient cloudWatch = account.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        cloudWatch.close();
        account.close();
    }

    private void publish(String metric, int second, double... values) {
        account.metrics()
                .putAll(
                        "Shop",
                        metric,
                        new TreeMap<>(Map.of("Host", "a", "Zone", "z")),
                        T0.plusSeconds(second),
                        values,
                        "Percent");
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static MetricDataQuery query(String id, String metric, String statistic, int periodSeconds) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.stat(statistic)
                        .period(periodSeconds)
                        .metric(named -> named.namespace("Shop")
                                .metricName(metric)
                                .dimensions(dimension("Zone", "z"), dimension("Host", "a"))))
                .build();
    }

    private static GetMetricDataRequest.Builder request(int fromSecond, int untilSecond, MetricDataQuery... queries) {
        return GetMetricDataRequest.builder()
                .startTime(T0.plusSeconds(fromSecond))
                .endTime(T0.plusSeconds(untilSecond))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .metricDataQueries(queries);
    }

    @ParameterizedTest
    @CsvSource({
        "Average, 2.5",
        "Sum, 10",
        "Minimum, 1",
        "Maximum, 4",
        "SampleCount, 4",
        "p50, 2",
        "p75, 3",
        "p75.1, 4",
        "p99, 4"
    })
    void aPeriodHasItsStatistics(String statistic, double expected) {
        publish("Load", 0, 4, 1);
        publish("Load", 59, 3, 2);
        publish("Load", 60, 1000);

        MetricDataResult result = cloudWatch
                .getMetricData(
                        request(0, 60, query("load", "Load", statistic, 60)).build())
                .metricDataResults()
                .get(0);

        assertThat(result.id()).isEqualTo("load");
        assertThat(result.label()).isEqualTo("Load");
        assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
        assertThat(result.timestamps()).containsExactly(T0);
        assertThat(result.values()).containsExactly(expected);
    }

    @Test
    void theStartIsInclusiveTheEndIsNotAndAPeriodWithoutSamplesHasNoDatapoint() {
        publish("Load", 9, 9);
        publish("Load", 10, 10);
        publish("Load", 12, 12);
        publish("Load", 13, 13);

        MetricDataResult result = cloudWatch
                .getMetricData(
                        request(10, 13, query("load", "Load", "Average", 1)).build())
                .metricDataResults()
                .get(0);

        assertThat(result.timestamps()).containsExactly(T0.plusSeconds(10), T0.plusSeconds(12));
        assertThat(result.values()).containsExactly(10.0, 12.0);
    }

    @Test
    void theLatestComesFirstUnlessAskedOtherwise() {
        publish("Load", 1, 1);
        publish("Load", 2, 2);

        GetMetricDataRequest request = request(0, 9, query("load", "Load", "Average", 1))
                .scanBy((ScanBy) null)
                .build();

        assertThat(cloudWatch.getMetricData(request).metricDataResults().get(0).values())
                .containsExactly(2.0, 1.0);
    }

    @Test
    void aMetricThatWasNeverPublishedIsCompleteAndEmpty() {
        MetricDataResult result = cloudWatch
                .getMetricData(request(0, 9, query("none", "Nothing", "Sum", 1)).build())
                .metricDataResults()
                .get(0);

        assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
        assertThat(result.values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIMESTAMP_ASCENDING, 1", "TIMESTAMP_ASCENDING, 3", "TIMESTAMP_DESCENDING, 4", "TIMESTAMP_ASCENDING, 7"
    })
    void pagesTogetherHoldEveryDatapointOnce(ScanBy order, int datapointsOfAPage) {
        for (int second = 0; second < 7; second++) {
            publish("Load", second, second);
            publish("Heat", second, 100 + second);
        }
        Map<String, List<Double>> merged = new TreeMap<>();
        String token = null;
        do {
            GetMetricDataResponse page = cloudWatch.getMetricData(
                    request(0, 7, query("load", "Load", "Sum", 1), query("heat", "Heat", "Sum", 1))
                            .scanBy(order)
                            .maxDatapoints(datapointsOfAPage)
                            .nextToken(token)
                            .build());
            assertThat(page.metricDataResults().stream()
                            .mapToInt(result -> result.values().size())
                            .sum())
                    .isBetween(1, datapointsOfAPage);
            page.metricDataResults()
                    .forEach(result -> merged.computeIfAbsent(result.id(), unused -> new ArrayList<>())
                            .addAll(result.values()));
            token = page.nextToken();
        } while (token != null);

        List<Double> load =
                IntStream.range(0, 7).mapToObj(second -> (double) second).toList();
        assertThat(merged.get("load")).containsExactlyInAnyOrderElementsOf(load).hasSize(7);
        assertThat(merged.get("heat"))
                .hasSize(7)
                .isSortedAccordingTo(
                        (a, b) -> order == ScanBy.TIMESTAMP_ASCENDING ? Double.compare(a, b) : Double.compare(b, a));
    }

    @Test
    void anIncompletePageSaysSo() {
        publish("Load", 0, 1);
        publish("Load", 1, 2);

        GetMetricDataResponse page = cloudWatch.getMetricData(
                request(0, 9, query("load", "Load", "Sum", 1)).maxDatapoints(1).build());

        assertThat(page.metricDataResults().get(0).statusCode()).isEqualTo(StatusCode.PARTIAL_DATA);
        assertThat(page.nextToken()).isNotEmpty();
    }

    @Test
    void fiveHundredQueriesAreAnsweredAndOneMoreIsRefused() {
        MetricDataQuery[] queries = IntStream.range(0, 501)
                .mapToObj(i -> query("q" + i, "Load", "Sum", 1))
                .toArray(MetricDataQuery[]::new);

        assertThat(cloudWatch
                        .getMetricData(request(0, 9)
                                .metricDataQueries(List.of(queries).subList(0, 500))
                                .build())
                        .metricDataResults())
                .hasSize(500);
        assertThatThrownBy(() -> cloudWatch.getMetricData(request(0, 9, queries).build()))
                .isInstanceOfSatisfying(CloudWatchException.class, refused -> {
                    assertThat(refused.statusCode()).isEqualTo(400);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo("The collection MetricDataQueries must not have a size greater than 500.");
                });
    }

    @Test
    void anInventedTokenIsRefused() {
        assertThatThrownBy(() -> cloudWatch.getMetricData(request(0, 9, query("load", "Load", "Sum", 1))
                        .nextToken("invented")
                        .build()))
                .isInstanceOf(InvalidNextTokenException.class);
    }

    @Test
    void publishedMetricsAreMeasuredAndListed() {
        Instant at = T0.plusSeconds(30);
        cloudWatch.putMetricData(put -> put.namespace("Shop")
                .metricData(MetricDatum.builder()
                        .metricName("Orders")
                        .timestamp(at)
                        .values(10.0, 20.0)
                        .counts(3.0, 1.0)
                        .unit(StandardUnit.COUNT)
                        .dimensions(dimension("Host", "a"), dimension("Zone", "z"))
                        .build()));

        assertThat(cloudWatch
                        .getMetricData(request(
                                        0,
                                        60,
                                        query("average", "Orders", "Average", 1),
                                        query("median", "Orders", "p75", 1),
                                        query("tail", "Orders", "p76", 1))
                                .build())
                        .metricDataResults())
                .extracting(MetricDataResult::id, MetricDataResult::values)
                .containsExactly(
                        tuple("average", List.of(12.5)), tuple("median", List.of(10.0)), tuple("tail", List.of(20.0)));
        assertThat(cloudWatch.listMetrics(list -> list.namespace("Shop")).metrics())
                .extracting(Metric::metricName)
                .containsExactly("Orders");
        assertThat(cloudWatch
                        .listMetrics(list -> list.namespace("Shop")
                                .dimensions(DimensionFilter.builder()
                                        .name("Host")
                                        .value("b")
                                        .build()))
                        .metrics())
                .isEmpty();
    }

    @Test
    void aBodyThatTheClientPacksIsUnpacked() {
        String longText = "x".repeat(200);
        cloudWatch.putMetricData(put -> put.namespace("Shop")
                .metricData(IntStream.range(0, 200)
                        .mapToObj(i -> MetricDatum.builder()
                                .metricName("Metric" + i)
                                .timestamp(T0)
                                .value((double) i)
                                .dimensions(dimension("Text", longText))
                                .build())
                        .toList()));

        assertThat(cloudWatch.listMetrics(list -> list.namespace("Shop")).metrics())
                .hasSize(200);
    }

    @Test
    void awsOwnNamespacesCannotBePublishedTo() {
        assertThatThrownBy(() -> cloudWatch.putMetricData(put -> put.namespace("AWS/EC2")
                        .metricData(MetricDatum.builder()
                                .metricName("CPUUtilization")
                                .value(1.0)
                                .build())))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    @Test
    void metricsAreListedInPagesOfFiveHundred() {
        for (int i = 0; i < 501; i++) {
            account.metrics().put("Shop", "Metric" + i, new TreeMap<>(), T0, i, "None");
        }

        var first = cloudWatch.listMetrics();
        var second = cloudWatch.listMetrics(list -> list.nextToken(first.nextToken()));

        assertThat(first.metrics()).hasSize(500);
        assertThat(second.metrics()).hasSize(1);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void alarmsAreDescribedByStateWithTheirThresholds() {
        List<MetricAlarm> inAlarm = cloudWatch
                .describeAlarms(describe -> describe.stateValue("ALARM"))
                .metricAlarms();

        assertThat(inAlarm).hasSize(1);
        MetricAlarm high = inAlarm.get(0);
        assertThat(high.alarmName()).isEqualTo(LocalAccount.HIGH);
        assertThat(high.threshold()).isEqualTo(50);
        assertThat(high.comparisonOperatorAsString()).isEqualTo("GreaterThanThreshold");
        assertThat(high.evaluationPeriods()).isEqualTo(3);
        assertThat(high.period()).isEqualTo(1);
        assertThat(high.stateReason()).isEqualTo("hot");
        assertThat(high.stateUpdatedTimestamp()).isEqualTo(T0.plusSeconds(9));
        assertThat(high.dimensions().get(0).value()).isEqualTo("app");
        assertThat(high.alarmActions()).hasSize(1);
    }

    @Test
    void alarmsAreDescribedInPages() {
        var first = cloudWatch.describeAlarms(describe -> describe.maxRecords(1));
        var second =
                cloudWatch.describeAlarms(describe -> describe.maxRecords(1).nextToken(first.nextToken()));

        assertThat(first.metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly(LocalAccount.HIGH);
        assertThat(second.metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly(LocalAccount.LOW);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void theHistoryTellsAnAlarmsChangesOldestFirstIfAsked() {
        DescribeAlarmHistoryResponse history =
                cloudWatch.describeAlarmHistory(describe -> describe.alarmName(LocalAccount.HIGH)
                        .startDate(T0)
                        .endDate(T0.plusSeconds(60))
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING));

        assertThat(history.alarmHistoryItems())
                .extracting(AlarmHistoryItem::timestamp, AlarmHistoryItem::historySummary)
                .containsExactly(
                        tuple(T0.plusSeconds(2), "Alarm updated from INSUFFICIENT_DATA to OK"),
                        tuple(T0.plusSeconds(9), "Alarm updated from OK to ALARM"));
        assertThat(history.alarmHistoryItems().get(1).historyData())
                .isEqualTo("{\"version\":\"1.0\",\"oldState\":{\"stateValue\":\"OK\",\"stateReason\":\"was\"},"
                        + "\"newState\":{\"stateValue\":\"ALARM\",\"stateReason\":\"is \\\"so\\\"\"}}");
    }

    @Test
    void aSecondIsReturnedOneSecondAfterItsEnd() {
        Instant second = T0.plusSeconds(100);
        publish("Load", 100, 1);
        GetMetricDataRequest request =
                request(0, 200, query("load", "Load", "Sum", 1)).build();

        account.clock().set(second.plusMillis(1_999));
        assertThat(cloudWatch.getMetricData(request).metricDataResults().get(0).values())
                .isEmpty();
        account.clock().set(second.plusSeconds(2));
        assertThat(cloudWatch.getMetricData(request).metricDataResults().get(0).values())
                .containsExactly(1.0);
    }
}
