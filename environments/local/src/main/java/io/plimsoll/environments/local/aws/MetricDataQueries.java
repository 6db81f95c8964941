package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Statistic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData, with CloudWatch's limits, alignment, order and paging. Metric math is not offered. */
final class MetricDataQueries {
    private static final int MOST_QUERIES = 500;
    private static final int MOST_DATAPOINTS = 100_800;
    private static final Set<Integer> HIGH_RESOLUTION_PERIODS = Set.of(1, 5, 10, 20, 30);
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
    private static final Pattern TOKEN = Pattern.compile("(?<query>\\d{1,4})-(?<after>\\d{1,12})");

    private final MetricStore store;
    private final EndpointFaults faults;
    private final Clock clock;

    MetricDataQueries(MetricStore store, EndpointFaults faults, Clock clock) {
        this.store = store;
        this.faults = faults;
        this.clock = clock;
    }

    GetMetricDataResponse answer(GetMetricDataRequest request) {
        validate(request);
        List<MetricDataQuery> queries = request.metricDataQueries().stream()
                .filter(query -> !Boolean.FALSE.equals(query.returnData()))
                .toList();
        Optional<Position> from = Optional.ofNullable(request.nextToken()).map(Position::parse);
        int left = request.maxDatapoints() == null ? MOST_DATAPOINTS : request.maxDatapoints();
        List<MetricDataResult> results = new ArrayList<>();
        for (int i = from.map(Position::query).orElse(0); i < queries.size(); i++) {
            int index = i;
            List<Datapoint> points = points(request, queries.get(i));
            from.filter(position -> position.query() == index)
                    .ifPresent(position -> position.skip(points, ascending(request)));
            boolean complete = points.size() <= left;
            List<Datapoint> page = complete ? points : points.subList(0, left);
            results.add(result(queries.get(i), page, complete ? StatusCode.COMPLETE : StatusCode.PARTIAL_DATA));
            if (!complete) {
                Instant last = page.get(page.size() - 1).at();
                return response(results)
                        .nextToken(new Position(i, last).token())
                        .build();
            }
            left -= page.size();
            if (left == 0 && i + 1 < queries.size()) {
                return response(results)
                        .nextToken(new Position(i + 1, Instant.EPOCH).token())
                        .build();
            }
        }
        return response(results).build();
    }

    private static GetMetricDataResponse.Builder response(List<MetricDataResult> results) {
        return GetMetricDataResponse.builder().metricDataResults(results).messages(List.of());
    }

    private List<Datapoint> points(GetMetricDataRequest request, MetricDataQuery query) {
        MetricStat stat = query.metricStat();
        MetricKey key = Metrics.key(
                stat.metric().namespace(),
                stat.metric().metricName(),
                stat.metric().dimensions());
        if (stat.unitAsString() != null && !store.unit(key).equals(Optional.of(stat.unitAsString()))) {
            return new ArrayList<>();
        }
        List<Datapoint> points = new ArrayList<>(store.datapoints(
                key,
                statistic(stat.stat()),
                request.startTime(),
                request.endTime(),
                Duration.ofSeconds(stat.period())));
        Instant shown = clock.instant().minus(faults.datapointDelay());
        if (!faults.datapointDelay().isZero()) {
            points.removeIf(point -> point.at().plusSeconds(stat.period()).isAfter(shown));
        }
        if (!ascending(request)) {
            Collections.reverse(points);
        }
        return points;
    }

    private static boolean ascending(GetMetricDataRequest request) {
        return request.scanBy() == ScanBy.TIMESTAMP_ASCENDING;
    }

    private static MetricDataResult result(MetricDataQuery query, List<Datapoint> points, StatusCode status) {
        String label = query.label() == null ? query.metricStat().metric().metricName() : query.label();
        return MetricDataResult.builder()
                .id(query.id())
                .label(label)
                .timestamps(points.stream().map(Datapoint::at).toList())
                .values(points.stream().map(Datapoint::value).toList())
                .statusCode(status)
                .build();
    }

    private static void validate(GetMetricDataRequest request) {
        check(request.startTime() != null, "The parameter StartTime is required.");
        check(request.endTime() != null, "The parameter EndTime is required.");
        check(
                request.startTime().isBefore(request.endTime()),
                "The parameter StartTime must be less than the parameter EndTime.");
        check(!request.metricDataQueries().isEmpty(), "The parameter MetricDataQueries is required.");
        check(
                request.metricDataQueries().size() <= MOST_QUERIES,
                "The collection MetricDataQueries must not have a size greater than " + MOST_QUERIES + ".");
        Integer most = request.maxDatapoints();
        check(
                most == null || (most >= 1 && most <= MOST_DATAPOINTS),
                "The parameter MaxDatapoints must be between 1 and " + MOST_DATAPOINTS + ", was " + most + ".");
        Set<String> ids = new HashSet<>();
        for (MetricDataQuery query : request.metricDataQueries()) {
            validate(query);
            check(ids.add(query.id()), "The values for parameter id in MetricDataQueries are not unique.");
        }
    }

    private static void validate(MetricDataQuery query) {
        check(
                query.id() != null && ID.matcher(query.id()).matches(),
                "The value '" + query.id() + "' for parameter MetricDataQueries.member.N.Id is not matching the"
                        + " expected pattern ^[a-z][a-zA-Z0-9_]*$.");
        check(
                query.expression() == null && query.metricStat() != null,
                "Query '" + query.id() + "' must have a MetricStat; expressions are not offered here.");
        MetricStat stat = query.metricStat();
        check(
                stat.metric() != null
                        && stat.metric().namespace() != null
                        && stat.metric().metricName() != null,
                "Query '" + query.id() + "' must name a metric's Namespace and MetricName.");
        Integer period = stat.period();
        check(
                period != null && (HIGH_RESOLUTION_PERIODS.contains(period) || (period > 0 && period % 60 == 0)),
                "Query '" + query.id() + "': Period must be 1, 5, 10, 20, 30 or a multiple of 60, was " + period + ".");
        check(stat.stat() != null, "Query '" + query.id() + "' must have a Stat.");
        statistic(stat.stat());
    }

    private static Statistic statistic(String name) {
        try {
            return Statistic.named(name);
        } catch (IllegalArgumentException e) {
            throw AwsFault.badRequest("ValidationError", String.valueOf(e.getMessage()));
        }
    }

    private static void check(boolean rule, String message) {
        if (!rule) {
            throw AwsFault.badRequest("ValidationError", message);
        }
    }

    /**
     * Where a page ended. It names a time and no number of datapoints, so that a value that comes late between two pages
     * shifts nothing.
     *
     * @param query index of the query the next page begins with
     * @param after the last time that was returned of it; the epoch if none was
     */
    private record Position(int query, Instant after) {
        static Position parse(String token) {
            Matcher matcher = TOKEN.matcher(token);
            if (!matcher.matches()) {
                throw AwsFault.badRequest("InvalidNextToken", "The token '" + token + "' is not valid");
            }
            return new Position(
                    Integer.parseInt(matcher.group("query")),
                    Instant.ofEpochSecond(Long.parseLong(matcher.group("after"))));
        }

        String token() {
            return query + "-" + after.getEpochSecond();
        }

        /** Removes what earlier pages returned. */
        void skip(List<Datapoint> points, boolean ascending) {
            if (!after.equals(Instant.EPOCH)) {
                points.removeIf(point ->
                        ascending ? !point.at().isAfter(after) : !point.at().isBefore(after));
            }
        }
    }
}
