package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.measure.Dimensions;
import io.plimsoll.environments.local.objectstore.StoreCounts.Access;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * {@code AWS/S3}'s request metrics of the filter that leaves nothing out, as "Monitoring metrics with Amazon CloudWatch"
 * of the S3 user guide lists them. An error count is published, zero too, while there are requests.
 */
public final class StoreMetrics {
    private static final String NAMESPACE = "AWS/S3";
    private static final Map<String, String> BY_METHOD = Map.of(
            "GET", "GetRequests",
            "PUT", "PutRequests",
            "HEAD", "HeadRequests",
            "POST", "PostRequests",
            "DELETE", "DeleteRequests");

    private final MetricSink sink;
    private final SortedMap<String, String> dimensions;

    /** Publishes under a bucket and a filter's id. */
    public StoreMetrics(MetricSink sink, String bucket, String filterId) {
        this.sink = sink;
        this.dimensions = Dimensions.and(Dimensions.of("BucketName", bucket), "FilterId", filterId);
    }

    /**
     * Publishes one second; without requests there is nothing to be published.
     *
     * @param at its start
     * @param accesses answered in it
     */
    public void publish(Instant at, List<Access> accesses) {
        if (accesses.isEmpty()) {
            return;
        }
        put(at, "AllRequests", accesses.size(), "Count");
        BY_METHOD.forEach((method, metric) -> {
            long number = number(accesses, one -> one.method().equals(method));
            if (number > 0) {
                put(at, metric, number, "Count");
            }
        });
        put(at, "4xxErrors", number(accesses, one -> one.status() / 100 == 4), "Count");
        put(at, "5xxErrors", number(accesses, one -> one.status() / 100 == 5), "Count");
        put(at, "BytesDownloaded", accesses.stream().mapToLong(Access::bytesOut).sum(), "Bytes");
        put(at, "BytesUploaded", accesses.stream().mapToLong(Access::bytesIn).sum(), "Bytes");
        millis(at, "FirstByteLatency", accesses, Access::firstByteMillis);
        millis(at, "TotalRequestLatency", accesses, Access::totalMillis);
    }

    private static long number(List<Access> accesses, Predicate<Access> counted) {
        return accesses.stream().filter(counted).count();
    }

    private void put(Instant at, String metric, long value, String unit) {
        sink.put(NAMESPACE, metric, dimensions, at, (double) value, unit);
    }

    private void millis(Instant at, String metric, List<Access> accesses, ToDoubleFunction<Access> millis) {
        double[] values = accesses.stream().mapToDouble(millis).toArray();
        sink.putAll(NAMESPACE, metric, dimensions, at, values, "Milliseconds");
    }
}
