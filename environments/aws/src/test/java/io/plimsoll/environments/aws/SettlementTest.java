package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** 1 s periods, 2 s quiet, 15 s at most. */
class SettlementTest {
    private static final Instant FROM = Instant.parse("2026-11-24T09:58:00Z");
    private static final TimeWindow WINDOW = new TimeWindow(FROM, FROM.plusSeconds(10));
    private static final Instant DEADLINE = FakeTime.START.plusSeconds(15);
    private static final String GAVE_UP =
            "it had not been unchanged for long enough when the settle deadline of 15 s passed";

    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);

    private Settlement.Result settle(List<MetricQuery> queries, TimeWindow window) {
        AwsCalls calls = AwsCalls.until(DEADLINE, time);
        MetricReader reader =
                new MetricReader(aws.cloudWatch(), aws.ledger(), calls, Duration.ofSeconds(1), Duration.ofSeconds(2));
        try {
            return new Settlement(reader, calls, Descriptors.OBSERVING, "us-east-1", time)
                    .settle(queries, window, DEADLINE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Settlement.Result settle(int instances) {
        return settle(hostCpu(instances), WINDOW);
    }

    private static List<MetricQuery> hostCpu(int instances) {
        List<Resource> resources = IntStream.range(0, instances)
                .mapToObj(i -> Resource.of(ResourceKind.INSTANCE, "i-%08x".formatted(i), Map.of()))
                .toList();
        return MetricQuery.of(metric("host cpu"), new Topology(resources));
    }

    /** Which of the instances of {@link #hostCpu} a query is about. */
    private static int instance(MetricDataQuery query) {
        String id = query.metricStat().metric().dimensions().get(0).value();
        return Integer.parseInt(id.substring(2), 16);
    }

    private static List<MetricDefinition> metric(String name) {
        return MetricCatalogue.named(name).stream().toList();
    }

    private int secondsPassed() {
        return Math.toIntExact(Duration.between(FakeTime.START, time.instant()).toSeconds());
    }

    /** Answers every query alike. */
    private static GetMetricDataResponse all(GetMetricDataRequest request, Function<String, MetricDataResult> answer) {
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> answer.apply(query.id()))
                        .toList())
                .build();
    }

    private static MetricDataResult complete(String id, double... values) {
        return FakeStack.result(id, "Complete", FROM, values);
    }

    private static List<Double> values(Series series) {
        return series.samples().stream().map(Sample::value).toList();
    }

    @Test
    void whatDoesNotChangeSettlesAfterTheQuietTimeInTwoPulls() {
        aws.metricData = request -> all(request, id -> complete(id, 1, 2));
        Settlement.Result result = settle(1);
        Series series = result.series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(series.note()).isEmpty();
        assertThat(series.samples()).containsExactly(new Sample(FROM, 1), new Sample(FROM.plusSeconds(1), 2));
        assertThat(result.settled()).isTrue();
        assertThat(result.problems()).isEmpty();
        assertThat(secondsPassed()).isEqualTo(2);
        assertThat(aws.metricRequests).hasSize(2);
    }

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
    void aLateDatapointAndARevisedOneAreWaitedFor() {
        aws.metricData = request -> all(request, id -> switch (secondsPassed()) {
            case 0 -> complete(id, 1);
            case 2 -> complete(id, 1, 7);
            default -> complete(id, 1.5, 7);
        });
        Settlement.Result result = settle(1);
        assertThat(values(result.series().get(0))).containsExactly(1.5, 7.0);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(secondsPassed()).isEqualTo(6);
    }

    @Test
    void whatStillChangesAtTheDeadlineIsPartial() {
        aws.metricData = request -> all(request, id -> complete(id, secondsPassed()));
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(result.series().get(0).note()).isEqualTo(GAVE_UP);
        assertThat(values(result.series().get(0))).containsExactly(14.0);
        assertThat(result.settled()).isFalse();
        assertThat(result.problems())
                .containsExactly("1 of 1 metric series, such as 'host cpu' of i-00000000, are PARTIAL: " + GAVE_UP);
        assertThat(time.instant()).isBeforeOrEqualTo(DEADLINE);
    }

    @Test
    void onlyWhatHasNotSettledIsAskedAgain() {
        aws.metricData = request -> GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> complete(query.id(), instance(query) == 1 ? Math.min(secondsPassed(), 2) : 0))
                        .toList())
                .build();
        settle(3);
        assertThat(aws.metricRequests)
                .extracting(request -> request.metricDataQueries().size())
                .containsExactly(3, 3, 1);
        assertThat(aws.ledger().metricsRequested()).isEqualTo(7);
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

    private static GetMetricDataResponse page(@Nullable String next, MetricDataResult... results) {
        return GetMetricDataResponse.builder()
                .metricDataResults(results)
                .nextToken(next)
                .build();
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
    void throttlingIsWaitedOut() {
        aws.metricData = request -> {
            if (secondsPassed() < 4) {
                throw AwsErrors.throttled();
            }
            return all(request, id -> complete(id, 5));
        };
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(result.problems()).isEmpty();
        assertThat(secondsPassed()).isEqualTo(6);
    }

    @Test
    void throttlingToTheEndIsAFailure() {
        aws.metricData = request -> {
            throw AwsErrors.throttled();
        };
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(result.series().get(0).note())
                .isEqualTo("cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(result.settled()).isFalse();
        assertThat(time.instant()).isBeforeOrEqualTo(DEADLINE);
    }

    @Test
    void whatWasAnsweredBeforeThrottlingIsKeptAsPartial() {
        aws.metricData = request -> {
            if (secondsPassed() > 0) {
                throw AwsErrors.throttled();
            }
            return all(request, id -> complete(id, 5));
        };
        Series series = settle(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(series.note()).isEqualTo("cloudwatch:GetMetricData was throttled (Throttling: Rate exceeded)");
        assertThat(values(series)).containsExactly(5.0);
    }

    @Test
    void aRefusedCallIsNotRepeated() {
        aws.metricData = request -> {
            throw AwsErrors.denied("cloudwatch:GetMetricData");
        };
        String note =
                "permission cloudwatch:GetMetricData is missing (AccessDenied: User: load-test is not authorized to"
                        + " perform: cloudwatch:GetMetricData)";
        Settlement.Result result = settle(2);
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.REFUSED);
        assertThat(result.series()).extracting(Series::note).containsOnly(note);
        assertThat(result.problems())
                .containsExactly("2 of 2 metric series, such as 'host cpu' of i-00000000, are REFUSED: " + note);
        assertThat(aws.metricRequests).hasSize(1);
    }

    @Test
    void anInternalErrorOfOneMetricDoesNotSpoilAnother() {
        aws.metricData = request ->
                all(request, id -> id.equals("m0") ? FakeStack.result(id, "InternalError", FROM, 1) : complete(id, 2));
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(0).note()).isEqualTo("CloudWatch failed on this metric (InternalError)");
        assertThat(series.get(1).completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aForbiddenMetricIsRefusedAndPartialDataIsPartial() {
        aws.metricData = request ->
                all(request, id -> FakeStack.result(id, id.equals("m0") ? "Forbidden" : "PartialData", FROM, 1));
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.REFUSED);
        assertThat(series.get(0).note())
                .isEqualTo("permission cloudwatch:GetMetricData is missing for this metric (Forbidden)");
    }

    @Test
    void partialDataToTheEndIsPartialThoughItDoesNotChange() {
        aws.metricData = request -> all(request, id -> FakeStack.result(id, "PartialData", FROM, 1));
        Settlement.Result result = settle(1);
        assertThat(result.series().get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(result.series().get(0).note()).isEqualTo("CloudWatch answered only a part (PartialData)");
        assertThat(result.settled()).isFalse();
    }

    @Test
    void aMetricLeftOutOfTheAnswerFailed() {
        aws.metricData = request -> page(null, complete("m1", 2));
        List<Series> series = settle(2).series();
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(0).note()).isEqualTo("CloudWatch left it out of its answer");
        assertThat(series.get(1).completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aMetricWithoutDatapointsIsCompleteAndEmpty() {
        aws.metricData = request -> all(request, id -> complete(id));
        Series series = settle(1).series().get(0);
        assertThat(series.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(series.samples()).isEmpty();
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

    @Test
    void slowAnswersCannotCarryItPastTheDeadlineByMoreThanOneCall() {
        aws.metricData = request -> {
            time.sleep(AwsClients.CALL_TIMEOUT.minusSeconds(7));
            return all(request, id -> complete(id, 1));
        };
        List<Series> series = settle(1200).series();
        assertThat(secondsPassed()).isEqualTo(26);
        assertThat(series.get(0).completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(series.get(1199).completeness()).isEqualTo(Completeness.FAILED);
        assertThat(series.get(1199).note())
                .isEqualTo("cloudwatch:GetMetricData was not asked: the settle deadline had passed");
    }

    @Test
    void anInterruptionIsHonoured() {
        AwsCalls calls = AwsCalls.until(DEADLINE, time);
        MetricReader reader =
                new MetricReader(aws.cloudWatch(), aws.ledger(), calls, Duration.ofSeconds(1), Duration.ofSeconds(2));
        Settlement settlement = new Settlement(reader, calls, Descriptors.OBSERVING, "us-east-1", duration -> {
            throw new InterruptedException("asleep");
        });
        assertThatThrownBy(() -> settlement.settle(hostCpu(1), WINDOW, DEADLINE))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("asleep");
    }
}
