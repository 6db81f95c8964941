package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** Pulls metrics of a fake CloudWatch until they settle: 1 s periods, 2 s quiet, 15 s at most. */
abstract class SettlementCase {
    static final Instant FROM = Instant.parse("2026-11-24T09:58:00Z");
    static final TimeWindow WINDOW = new TimeWindow(FROM, FROM.plusSeconds(10));
    static final Instant DEADLINE = FakeTime.START.plusSeconds(15);
    static final String GAVE_UP = "it had not been unchanged for long enough when the settle deadline of 15 s passed";

    final FakeTime time = new FakeTime();
    final FakeAws aws = new FakeAws(time);

    Settlement.Result settle(List<MetricQuery> queries, TimeWindow window) {
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

    Settlement.Result settle(int instances) {
        return settle(hostCpu(instances), WINDOW);
    }

    static List<MetricQuery> hostCpu(int instances) {
        List<Resource> resources = IntStream.range(0, instances)
                .mapToObj(i -> Resource.of(ResourceKind.INSTANCE, "i-%08x".formatted(i), Map.of()))
                .toList();
        return MetricQuery.of(metric("host cpu"), new Topology(resources));
    }

    /** Which of the instances of {@link #hostCpu} a query is about. */
    static int instance(MetricDataQuery query) {
        String id = query.metricStat().metric().dimensions().get(0).value();
        return Integer.parseInt(id.substring(2), 16);
    }

    static List<MetricDefinition> metric(String name) {
        return MetricCatalogue.named(name).stream().toList();
    }

    int secondsPassed() {
        return Math.toIntExact(Duration.between(FakeTime.START, time.instant()).toSeconds());
    }

    /** Answers every query alike. */
    static GetMetricDataResponse all(GetMetricDataRequest request, Function<String, MetricDataResult> answer) {
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> answer.apply(query.id()))
                        .toList())
                .build();
    }

    static MetricDataResult complete(String id, double... values) {
        return FakeStack.result(id, "Complete", FROM, values);
    }

    static List<Double> values(Series series) {
        return series.samples().stream().map(Sample::value).toList();
    }

    static GetMetricDataResponse page(@Nullable String next, MetricDataResult... results) {
        return GetMetricDataResponse.builder()
                .metricDataResults(results)
                .nextToken(next)
                .build();
    }
}
