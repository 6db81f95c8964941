package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** What an hour of one-minute metrics costs, counted in metrics requested. */
class WitnessesTest extends SettlementCase {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TimeWindow HOUR =
            new TimeWindow(FakeTime.START.minus(Duration.ofMinutes(64)), FakeTime.START.minus(Duration.ofMinutes(4)));
    private static final Instant HOUR_DEADLINE = FakeTime.START.plus(Duration.ofMinutes(15));

    /** 30 instances with CPU, and 30 load balancers with requests. */
    private static List<MetricQuery> sixty() {
        List<Resource> parts = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> {
            parts.add(Resource.of(ResourceKind.INSTANCE, "i-%08x".formatted(i), Map.of()));
            parts.add(Resource.of(ResourceKind.LOAD_BALANCER, "app/lb/" + i, Map.of()));
        });
        List<MetricQuery> queries = new ArrayList<>(MetricQuery.of(metric("host cpu"), new Topology(parts)));
        queries.addAll(MetricQuery.of(metric("load balancer requests"), new Topology(parts)));
        assertThat(queries).hasSize(60);
        return queries;
    }

    private Settlement.Result settleHour(List<MetricQuery> queries) throws InterruptedException {
        AwsCalls calls = AwsCalls.until(HOUR_DEADLINE, time);
        MetricReader reader = new MetricReader(
                aws.cloudWatch(),
                region -> aws.cloudWatch(),
                new Quota(time, time),
                aws.ledger(),
                calls,
                MINUTE,
                Duration.ofMinutes(3));
        return new Settlement(
                        reader,
                        calls,
                        new io.plimsoll.environments.aws.descriptor.Observing(
                                MINUTE, Duration.ofSeconds(5), false, Duration.ofMinutes(3), Duration.ofMinutes(15)),
                        "us-east-1",
                        time)
                .settle(queries, HOUR, HOUR_DEADLINE);
    }

    private static MetricDataResult minutes(MetricDataQuery query, int count, double value) {
        List<Instant> starts = IntStream.range(0, count)
                .mapToObj(i -> HOUR.start().plus(MINUTE.multipliedBy(i)))
                .toList();
        return MetricDataResult.builder()
                .id(query.id())
                .statusCode("Complete")
                .timestamps(starts)
                .values(starts.stream().map(start -> value).toList())
                .build();
    }

    private interface Each {
        MetricDataResult answer(MetricDataQuery query);
    }

    private static GetMetricDataResponse each(GetMetricDataRequest request, Each each) {
        return GetMetricDataResponse.builder()
                .metricDataResults(
                        request.metricDataQueries().stream().map(each::answer).toList())
                .build();
    }

    private static boolean isInstance(MetricDataQuery query) {
        return query.metricStat().metric().namespace().equals("AWS/EC2");
    }

    private int minutesPassed() {
        return Math.toIntExact(Duration.between(FakeTime.START, time.instant()).toMinutes());
    }

    @Test
    void sixtySeriesOverAnHourCostLessThanOneAndAHalfMetricsEach() throws InterruptedException {
        aws.metricData = request -> each(request, query -> minutes(query, 60, 1));
        Settlement.Result result = settleHour(sixty());
        assertThat(result.settled()).isTrue();
        assertThat(result.series())
                .allSatisfy(series -> assertThat(series.samples()).hasSize(60));
        assertThat(aws.ledger().metricsRequested()).isEqualTo(60 + 8 + 8).isLessThanOrEqualTo(60 * 3 / 2);
    }

    @Test
    void alsoWhereAFewOfThemAreLate() throws InterruptedException {
        aws.metricData = request -> each(
                request,
                query -> minutes(query, isInstance(query) && instance(query) < 6 && minutesPassed() < 3 ? 58 : 60, 1));
        Settlement.Result result = settleHour(sixty());
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(result.series())
                .allSatisfy(series -> assertThat(series.samples()).hasSize(60));
        assertThat(aws.ledger().metricsRequested()).isLessThanOrEqualTo(60 * 3 / 2);
    }

    @Test
    void aSourceThatRevisesIsAskedForAllOfItsSeriesAgain() throws InterruptedException {
        aws.metricData = request ->
                each(request, query -> minutes(query, 60, isInstance(query) ? 1 : Math.min(minutesPassed(), 3)));
        Settlement.Result result = settleHour(sixty());
        assertThat(result.settled()).isTrue();
        assertThat(result.series())
                .filteredOn(series -> series.kind() == ResourceKind.LOAD_BALANCER)
                .allSatisfy(series -> assertThat(values(series)).containsOnly(3.0));
    }

    @Test
    void aCounterThatIsMissingIsWaitedForOnlyUntilItsCompanionIsThere() throws InterruptedException {
        List<Resource> one = List.of(Resource.of(ResourceKind.LOAD_BALANCER, "app/lb/1", Map.of()));
        List<MetricQuery> queries =
                new ArrayList<>(MetricQuery.of(metric("load balancer requests"), new Topology(one)));
        queries.addAll(MetricQuery.of(metric("target 5xx"), new Topology(one)));
        aws.metricData = request -> each(
                request,
                query -> minutes(query, query.metricStat().metric().metricName().equals("RequestCount") ? 60 : 0, 7));
        Settlement.Result result = settleHour(queries);
        assertThat(result.series()).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(aws.ledger().metricsRequested()).isEqualTo(3);
    }

    @Test
    void theFirstPullWaitsUntilTheLastMinuteCanBePublished() throws InterruptedException {
        aws.metricData = request -> each(request, query -> minutes(query, 60, 1));
        AwsCalls calls = AwsCalls.until(HOUR_DEADLINE, time);
        TimeWindow untilNow = new TimeWindow(FakeTime.START.minus(Duration.ofMinutes(60)), FakeTime.START);
        MetricReader reader = new MetricReader(aws.cloudWatch(), aws.ledger(), calls, MINUTE, Duration.ofMinutes(3));
        new Settlement(
                        reader,
                        calls,
                        new io.plimsoll.environments.aws.descriptor.Observing(
                                MINUTE, Duration.ofSeconds(5), false, Duration.ofMinutes(3), Duration.ofMinutes(15)),
                        "us-east-1",
                        duration -> {
                            if (aws.metricRequests.isEmpty()) {
                                assertThat(duration).isEqualTo(Duration.ofMinutes(2));
                            }
                            time.sleep(duration);
                        })
                .settle(hostCpu(1), untilNow, HOUR_DEADLINE);
        assertThat(aws.metricRequests).isNotEmpty();
    }
}
