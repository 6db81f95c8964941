package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Pulls metrics by GetMetricData. Pages repeat the ids of their queries, in any order, and may repeat datapoints: they
 * are merged by id and timestamp.
 */
final class MetricReader {
    /** Most queries of one call (API reference, GetMetricData). */
    static final int QUERIES_PER_CALL = 500;

    static final String GET_METRIC_DATA = "cloudwatch:GetMetricData";

    /** Most datapoints of one call (API reference, GetMetricData). */
    static final long DATAPOINTS_PER_CALL = 100_800;

    private static final String HOME = "";

    private final CloudWatchClient client;
    private final Function<String, CloudWatchClient> elsewhere;
    private final Quota quota;
    private final CallLedger ledger;
    private final AwsCalls calls;
    private final Duration period;
    private final Duration quiet;

    /** A reader of one region. */
    MetricReader(CloudWatchClient client, CallLedger ledger, AwsCalls calls, Duration period, Duration quiet) {
        this(client, region -> client, new Quota(calls.clock(), Sleeper.SYSTEM), ledger, calls, period, quiet);
    }

    /**
     * A reader that asks for each metric where it is published.
     *
     * @param elsewhere the client of another region
     */
    MetricReader(
            CloudWatchClient client,
            Function<String, CloudWatchClient> elsewhere,
            Quota quota,
            CallLedger ledger,
            AwsCalls calls,
            Duration period,
            Duration quiet) {
        this.client = client;
        this.elsewhere = elsewhere;
        this.quota = quota;
        this.ledger = ledger;
        this.calls = calls;
        this.period = period;
        this.quiet = quiet;
    }

    /** The window widened to whole periods since the epoch. */
    static TimeWindow aligned(TimeWindow window, Duration period) {
        long length = period.toSeconds();
        long start = Math.floorDiv(window.start().getEpochSecond(), length) * length;
        Instant last = window.end();
        long end = Math.floorDiv(last.getEpochSecond(), length) * length;
        boolean whole = end == last.getEpochSecond() && last.getNano() == 0;
        return new TimeWindow(Instant.ofEpochSecond(start), Instant.ofEpochSecond(whole ? end : end + length));
    }

    /** Pulls each of these series once, over a window of whole periods. */
    void pull(List<MetricProgress> wanted, TimeWindow window) throws InterruptedException {
        Map<Asked, List<MetricProgress>> byPlace = new LinkedHashMap<>();
        for (MetricProgress series : wanted) {
            Asked asked = new Asked(
                    series.query().region().orElse(HOME), series.query().period(period));
            byPlace.computeIfAbsent(asked, place -> new ArrayList<>()).add(series);
        }
        for (Map.Entry<Asked, List<MetricProgress>> place : byPlace.entrySet()) {
            TimeWindow whole = aligned(window, place.getKey().period());
            List<MetricProgress> all = place.getValue();
            int size = batchSize(whole, place.getKey().period());
            for (int from = 0; from < all.size(); from += size) {
                pullBatch(all.subList(from, Math.min(all.size(), from + size)), whole, place.getKey());
            }
        }
    }

    /** Where and how finely a batch of metrics is asked for. */
    private record Asked(String region, Duration period) {}

    private static int batchSize(TimeWindow window, Duration period) {
        return (int) Math.max(1, Math.min(QUERIES_PER_CALL, DATAPOINTS_PER_CALL / points(window, period)));
    }

    private static long points(TimeWindow window, Duration period) {
        return Math.max(1, window.length().toSeconds() / period.toSeconds());
    }

    private void pullBatch(List<MetricProgress> batch, TimeWindow window, Asked asked) throws InterruptedException {
        Map<String, MetricProgress> byId = new LinkedHashMap<>();
        batch.forEach(series -> byId.put("m" + byId.size(), series));
        Map<String, Answer> answers = new HashMap<>();
        try {
            for (MetricDataResult result : pages(byId, window, asked)) {
                MetricProgress series = byId.get(result.id());
                if (series != null) {
                    take(result, series, window);
                    answers.merge(result.id(), Answer.of(result), Answer::then);
                }
            }
        } catch (ObservationException e) {
            byId.values().forEach(series -> fail(series, e));
            return;
        }
        Answer leftOut = new Answer(Completeness.FAILED, "CloudWatch left it out of its answer");
        byId.forEach((id, series) -> conclude(series, answers.getOrDefault(id, leftOut)));
    }

    private List<MetricDataResult> pages(Map<String, MetricProgress> byId, TimeWindow window, Asked asked)
            throws InterruptedException {
        CloudWatchClient place = asked.region().equals(HOME) ? client : elsewhere.apply(asked.region());
        List<MetricDataQuery> queries = new ArrayList<>();
        byId.forEach((id, series) -> queries.add(series.query().toAws(id, asked.period())));
        GetMetricDataRequest.Builder request = GetMetricDataRequest.builder()
                .metricDataQueries(queries)
                .startTime(window.start())
                .endTime(window.end())
                .scanBy(ScanBy.TIMESTAMP_ASCENDING);
        quota.take(queries.size() * points(window, asked.period()), window.start());
        List<GetMetricDataResponse> pages = calls.pages(
                GET_METRIC_DATA,
                token -> {
                    ledger.requestMetrics(queries.size());
                    return place.getMetricData(request.nextToken(token).build());
                },
                GetMetricDataResponse::nextToken);
        return pages.stream().flatMap(page -> page.metricDataResults().stream()).toList();
    }

    private static void take(MetricDataResult result, MetricProgress series, TimeWindow window) {
        int points = Math.min(result.timestamps().size(), result.values().size());
        for (int i = 0; i < points; i++) {
            Instant start = result.timestamps().get(i);
            if (window.contains(start)) {
                series.take(start, result.values().get(i));
            }
        }
    }

    private static void fail(MetricProgress series, ObservationException e) {
        if (e.reason() == Reason.REFUSED) {
            series.refused(e.sentence());
        } else {
            series.unanswered(e.sentence());
        }
    }

    private void conclude(MetricProgress series, Answer answer) {
        Instant now = calls.clock().instant();
        if (answer.completeness() == Completeness.COMPLETE) {
            series.answered(now, quiet);
        } else if (answer.completeness() == Completeness.REFUSED) {
            series.refused(answer.note());
        } else {
            series.lacking(now, answer.completeness(), answer.note());
        }
    }

    /** What the pages of a pull say of one id: the last page counts, unless an earlier one was an error. */
    private record Answer(Completeness completeness, String note) {
        static Answer of(MetricDataResult result) {
            String said = messages(result);
            if (result.timestamps().size() != result.values().size()) {
                return new Answer(
                        Completeness.FAILED,
                        "CloudWatch answered " + result.timestamps().size() + " timestamps with "
                                + result.values().size() + " values");
            }
            StatusCode status = result.statusCode() == null ? StatusCode.UNKNOWN_TO_SDK_VERSION : result.statusCode();
            return switch (status) {
                case COMPLETE -> new Answer(Completeness.COMPLETE, "");
                case PARTIAL_DATA ->
                    new Answer(Completeness.PARTIAL, "CloudWatch answered only a part (PartialData)" + said);
                case FORBIDDEN ->
                    new Answer(
                            Completeness.REFUSED,
                            "permission " + GET_METRIC_DATA + " is missing for this metric (Forbidden)" + said);
                case INTERNAL_ERROR ->
                    new Answer(Completeness.FAILED, "CloudWatch failed on this metric (InternalError)" + said);
                case UNKNOWN_TO_SDK_VERSION ->
                    new Answer(Completeness.FAILED, "CloudWatch answered the status " + result.statusCodeAsString());
            };
        }

        Answer then(Answer later) {
            boolean error = completeness == Completeness.FAILED || completeness == Completeness.REFUSED;
            return error ? this : later;
        }

        private static String messages(MetricDataResult result) {
            Set<String> said = new LinkedHashSet<>();
            result.messages().forEach(message -> said.add(message.code() + " " + message.value()));
            return said.isEmpty() ? "" : ": " + String.join("; ", said);
        }
    }
}
