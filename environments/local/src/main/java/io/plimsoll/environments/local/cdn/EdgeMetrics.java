package io.plimsoll.environments.local.cdn;

import io.plimsoll.environments.local.cdn.EdgeCounts.Result;
import io.plimsoll.environments.local.cdn.EdgeCounts.Served;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.measure.Dimensions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * {@code AWS/CloudFront}, as "Types of metrics for CloudFront" lists it. A rate is kept as 0 or 100 for each request, so
 * that its average over any period is the share of the requests in it. CacheHitRate is of the requests that are not
 * errors; a revalidated object (RefreshHit) is no hit, as the origin was asked.
 */
public final class EdgeMetrics {
    private static final String NAMESPACE = "AWS/CloudFront";
    private static final String PERCENT = "Percent";
    private static final String NONE = "None";

    private final MetricSink sink;
    private final SortedMap<String, String> dimensions;

    /** Publishes under a distribution's id. */
    public EdgeMetrics(MetricSink sink, String distributionId) {
        this.sink = sink;
        this.dimensions = Dimensions.and(Dimensions.of("DistributionId", distributionId), "Region", "Global");
    }

    /**
     * Publishes one second; without requests there is nothing to be published.
     *
     * @param at its start
     * @param served requests answered in it
     */
    public void publish(Instant at, List<Served> served) {
        if (served.isEmpty()) {
            return;
        }
        sink.put(NAMESPACE, "Requests", dimensions, at, (double) served.size(), NONE);
        sink.put(
                NAMESPACE,
                "BytesDownloaded",
                dimensions,
                at,
                (double) served.stream().mapToLong(Served::bytes).sum(),
                NONE);
        rate(at, "4xxErrorRate", served, one -> one.status() / 100 == 4);
        rate(at, "5xxErrorRate", served, one -> one.status() / 100 == 5);
        rate(at, "TotalErrorRate", served, one -> one.status() >= 400);
        rate(
                at,
                "CacheHitRate",
                served.stream().filter(one -> one.result() != Result.ERROR).toList(),
                one -> one.result() == Result.HIT || one.result() == Result.STALE);
        double[] millis = served.stream()
                .map(Served::originMillis)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        sink.putAll(NAMESPACE, "OriginLatency", dimensions, at, millis, "Milliseconds");
    }

    private void rate(Instant at, String metric, List<Served> served, Predicate<Served> counted) {
        double[] values =
                served.stream().mapToDouble(one -> counted.test(one) ? 100 : 0).toArray();
        sink.putAll(NAMESPACE, metric, dimensions, at, values, PERCENT);
    }
}
