package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.observation.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

class MetricReaderTest extends SettlementCase {
    @Test
    void theRequestIsAsCloudWatchWantsIt() {
        aws.metricData = request -> all(request, id -> complete(id, 1));
        List<MetricQuery> queries = MetricQuery.of(
                metric("healthy hosts"),
                new Topology(List.of(Resource.of(
                        ResourceKind.TARGET_GROUP,
                        FakeStack.TARGET_GROUP,
                        Map.of("load-balancer", FakeStack.BALANCER)))));
        Series series = settle(queries, new TimeWindow(FROM.plusMillis(1), FROM.plusMillis(9_001)))
                .series()
                .get(0);
        GetMetricDataRequest request = aws.metricRequests.get(0);
        MetricDataQuery query = request.metricDataQueries().get(0);
        assertThat(request.scanBy()).isEqualTo(ScanBy.TIMESTAMP_ASCENDING);
        assertThat(request.startTime()).isEqualTo(FROM);
        assertThat(request.endTime()).isEqualTo(FROM.plusSeconds(10));
        assertThat(query.metricStat().unit()).isNull();
        assertThat(query.metricStat().stat()).isEqualTo("Minimum");
        assertThat(query.metricStat().period()).isEqualTo(1);
        assertThat(query.metricStat().metric().dimensions())
                .extracting(Dimension::name, Dimension::value)
                .containsExactly(
                        tuple("LoadBalancer", FakeStack.BALANCER), tuple("TargetGroup", FakeStack.TARGET_GROUP));
        assertThat(series.origin().dimensions())
                .isEqualTo(Map.of("LoadBalancer", FakeStack.BALANCER, "TargetGroup", FakeStack.TARGET_GROUP));
        assertThat(series.origin().region()).isEqualTo("us-east-1");
    }

    @Test
    void aWindowOfWholePeriodsIsLeftAsItIs() {
        TimeWindow window = new TimeWindow(Instant.ofEpochSecond(120), Instant.ofEpochSecond(180));
        assertThat(MetricReader.aligned(window, Duration.ofMinutes(1))).isEqualTo(window);
        assertThat(MetricReader.aligned(
                        new TimeWindow(Instant.ofEpochSecond(119), Instant.ofEpochSecond(180, 1)),
                        Duration.ofMinutes(1)))
                .isEqualTo(new TimeWindow(Instant.ofEpochSecond(60), Instant.ofEpochSecond(240)));
    }

    @Test
    void pagesAreMergedByIdWhateverTheirOrder() {
        aws.metricData = request -> switch (String.valueOf(request.nextToken())) {
            case "null" ->
                page(
                        "2",
                        FakeStack.result("m1", "PartialData", FROM.plusSeconds(3), 13, 14),
                        FakeStack.result("m0", "PartialData", FROM.plusSeconds(1), 1));
            case "2" ->
                page(
                        "3",
                        FakeStack.result("m0", "PartialData", FROM, 0, 1),
                        FakeStack.result("m1", "PartialData", FROM.plusSeconds(1), 11, 12, 13));
            default -> page(null, complete("m1", 10), FakeStack.result("m0", "Complete", FROM.plusSeconds(2), 2));
        };
        Settlement.Result result = settle(2);
        assertThat(values(result.series().get(0))).containsExactly(0.0, 1.0, 2.0);
        assertThat(values(result.series().get(1))).containsExactly(10.0, 11.0, 12.0, 13.0, 14.0);
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(aws.ledger().metricsRequested()).as("each page is billed").isEqualTo(12);
    }

    @Test
    void twelveHundredTargetsAreAskedForInThreeCalls() {
        aws.metricData = request -> {
            List<MetricDataResult> results = new ArrayList<>();
            request.metricDataQueries().forEach(query -> results.add(complete(query.id(), instance(query))));
            Collections.reverse(results);
            return GetMetricDataResponse.builder().metricDataResults(results).build();
        };
        Settlement.Result result = settle(1200);
        assertThat(aws.metricRequests)
                .extracting(request -> request.metricDataQueries().size())
                .containsExactly(500, 500, 200, 500, 500, 200);
        assertThat(aws.metricRequests.get(0).metricDataQueries().stream()
                        .map(MetricDataQuery::id)
                        .collect(Collectors.toSet()))
                .hasSize(500);
        assertThat(result.series()).hasSize(1200);
        assertThat(result.series())
                .allSatisfy(series -> assertThat(values(series)).containsExactly((double)
                        Integer.parseInt(series.resource().substring(2), 16)));
    }

    @Test
    void exactlyFiveHundredQueriesAreOneCall() {
        aws.metricData = request -> all(request, id -> complete(id, 1));
        settle(500);
        assertThat(aws.metricRequests).hasSize(2);
    }

    @Test
    void valuesThatAreNotFiniteAreLeftOutAndSaidSo() {
        aws.metricData = request -> all(request, id -> complete(id, 1, Double.NaN, Double.POSITIVE_INFINITY));
        Settlement.Result result = settle(1);
        assertThat(values(result.series().get(0))).containsExactly(1.0);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(result.series().get(0).note()).isEqualTo("2 of its values were not finite and were left out");
        assertThat(result.problems()).contains("2 metric values were not finite and were left out");
    }

    @Test
    void valuesAreBroughtToTheUnitOfTheEvidence() {
        MetricDefinition inMilliseconds = new MetricDefinition(
                "aurora lag",
                ResourceKind.REPLICA,
                "AWS/RDS",
                "AuroraReplicaLag",
                List.of("DBInstanceIdentifier"),
                "Maximum",
                Unit.SECONDS,
                0.001,
                new Absence.Dense());
        aws.metricData = request -> all(request, id -> complete(id, 250));
        List<MetricQuery> queries = MetricQuery.of(
                List.of(inMilliseconds),
                new Topology(List.of(Resource.of(ResourceKind.REPLICA, "replica-1", Map.of()))));
        assertThat(values(settle(queries, WINDOW).series().get(0))).containsExactly(0.25);
    }

    @Test
    void datapointsOutsideTheWindowAreNotTaken() {
        aws.metricData = request -> all(request, id -> FakeStack.result(id, "Complete", FROM.minusSeconds(1), 1, 2));
        assertThat(settle(1).series().get(0).samples()).containsExactly(new Sample(FROM, 2));
    }
}
