package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.Summary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** PutMetricData: all of a request is recorded, or nothing. Every metric is kept at a resolution of 1 s. */
final class MetricPublication {
    private static final int MOST_METRICS = 1000;
    private static final int MOST_VALUES = 150;
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final MetricStore store;
    private final Clock clock;

    MetricPublication(MetricStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    PutMetricDataResponse answer(PutMetricDataRequest request) {
        String namespace = request.namespace();
        if (namespace == null || namespace.isBlank()) {
            throw AwsFault.badRequest("MissingParameter", "The parameter Namespace is required.");
        }
        if (namespace.startsWith("AWS/")) {
            throw invalid("The value AWS/ for parameter Namespace is invalid: it is reserved for AWS services.");
        }
        if (request.metricData().isEmpty() || request.metricData().size() > MOST_METRICS) {
            throw invalid("The collection MetricData must have between 1 and " + MOST_METRICS + " members, had "
                    + request.metricData().size() + ".");
        }
        Instant now = clock.instant();
        List<Runnable> records = request.metricData().stream()
                .flatMap(datum -> records(namespace, datum, now))
                .toList();
        records.forEach(Runnable::run);
        return PutMetricDataResponse.builder().build();
    }

    private Stream<Runnable> records(String namespace, MetricDatum datum, Instant now) {
        if (datum.metricName() == null || datum.metricName().isBlank()) {
            throw AwsFault.badRequest("MissingParameter", "The parameter MetricData.member.N.MetricName is required.");
        }
        MetricKey key = Metrics.key(namespace, datum.metricName(), datum.dimensions());
        String unit = datum.unitAsString() == null ? "None" : datum.unitAsString();
        Instant at = datum.timestamp() == null ? now : datum.timestamp();
        if (at.isBefore(now.minus(OLDEST)) || at.isAfter(now.plus(NEWEST))) {
            throw invalid("The parameter MetricData.member.N.Timestamp must be within the last two weeks and at most"
                    + " two hours ahead, was " + at + ".");
        }
        if (datum.statisticValues() != null) {
            Summary summary = summary(datum.statisticValues());
            return Stream.of(() -> store.put(key, at, summary, unit));
        }
        return values(datum).stream()
                .map(value -> (Runnable) () -> store.put(key, at, value.value(), value.count(), unit));
    }

    private record Weighted(double value, double count) {
        Weighted {
            if (!Double.isFinite(value) || !(count > 0) || !Double.isFinite(count)) {
                throw invalid(
                        "A value must be a finite number and its count > 0, were " + value + " and " + count + ".");
            }
        }
    }

    private static List<Weighted> values(MetricDatum datum) {
        if (datum.value() != null) {
            return List.of(new Weighted(datum.value(), 1));
        }
        List<Double> values = datum.values();
        List<Double> counts = datum.counts();
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw invalid(datum.metricName() + " must have a Value, StatisticValues, or between 1 and " + MOST_VALUES
                    + " Values.");
        }
        if (!counts.isEmpty() && counts.size() != values.size()) {
            throw invalid("The parameters Values and Counts must be of the same size, were " + values.size() + " and "
                    + counts.size() + ".");
        }
        List<Weighted> weighted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            weighted.add(new Weighted(values.get(i), counts.isEmpty() ? 1 : counts.get(i)));
        }
        return weighted;
    }

    private static Summary summary(StatisticSet set) {
        if (set.sampleCount() == null || set.sum() == null || set.minimum() == null || set.maximum() == null) {
            throw AwsFault.badRequest(
                    "MissingParameter", "StatisticValues must have SampleCount, Sum, Minimum and Maximum.");
        }
        try {
            return new Summary(set.sampleCount(), set.sum(), set.minimum(), set.maximum());
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static AwsFault invalid(String message) {
        return AwsFault.badRequest("InvalidParameterValue", message);
    }
}
