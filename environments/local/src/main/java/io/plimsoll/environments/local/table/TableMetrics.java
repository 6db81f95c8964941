package io.plimsoll.environments.local.table;

import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.measure.Dimensions;
import io.plimsoll.environments.local.table.TableCounts.Access;
import io.plimsoll.environments.local.table.TableCounts.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code AWS/DynamoDB}, as "DynamoDB Metrics and dimensions" of the developer guide lists them: consumed and provisioned
 * capacity and throttle events of a table, and latency, throttled requests and errors of each of its operations. What did
 * not occur has no datapoint, as there.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html">metrics</a>
 */
final class TableMetrics {
    private static final String NAMESPACE = "AWS/DynamoDB";
    private static final String COUNT = "Count";

    private final MetricSink sink;

    TableMetrics(MetricSink sink) {
        this.sink = sink;
    }

    /**
     * Publishes what a table has provisioned.
     *
     * @param at start of the second
     */
    void publishProvisioned(Instant at, String table, double readUnits, double writeUnits) {
        SortedMap<String, String> dimensions = Dimensions.of("TableName", table);
        sink.put(NAMESPACE, "ProvisionedReadCapacityUnits", dimensions, at, readUnits, COUNT);
        sink.put(NAMESPACE, "ProvisionedWriteCapacityUnits", dimensions, at, writeUnits, COUNT);
    }

    /**
     * Publishes one second.
     *
     * @param at its start
     * @param accesses answered in it
     */
    void publish(Instant at, List<Access> accesses) {
        accesses.stream()
                .collect(Collectors.groupingBy(Access::table, TreeMap::new, Collectors.toList()))
                .forEach((table, some) -> table(at, table, some));
    }

    private void table(Instant at, String table, List<Access> accesses) {
        SortedMap<String, String> dimensions = Dimensions.of("TableName", table);
        Map<Boolean, List<Access>> byKind =
                accesses.stream().collect(Collectors.partitioningBy(access -> isRead(access.operation())));
        capacity(
                at,
                dimensions,
                byKind.getOrDefault(true, List.of()),
                "ConsumedReadCapacityUnits",
                "ReadThrottleEvents");
        capacity(
                at,
                dimensions,
                byKind.getOrDefault(false, List.of()),
                "ConsumedWriteCapacityUnits",
                "WriteThrottleEvents");
        accesses.stream()
                .collect(Collectors.groupingBy(Access::operation, TreeMap::new, Collectors.toList()))
                .forEach((operation, some) -> operation(at, Dimensions.and(dimensions, "Operation", operation), some));
    }

    private static boolean isRead(String operation) {
        return operation.contains("Get") || operation.equals("Query") || operation.equals("Scan");
    }

    private void capacity(
            Instant at,
            SortedMap<String, String> dimensions,
            List<Access> accesses,
            String consumed,
            String throttled) {
        double[] units = accesses.stream()
                .filter(access -> access.outcome() == Outcome.SUCCESSFUL)
                .mapToDouble(Access::consumedUnits)
                .toArray();
        sink.putAll(NAMESPACE, consumed, dimensions, at, units, COUNT);
        count(at, dimensions, throttled, accesses, Outcome.THROTTLED);
    }

    private void operation(Instant at, SortedMap<String, String> dimensions, List<Access> accesses) {
        List<Access> successful = accesses.stream()
                .filter(access -> access.outcome() == Outcome.SUCCESSFUL)
                .toList();
        sink.putAll(
                NAMESPACE,
                "SuccessfulRequestLatency",
                dimensions,
                at,
                successful.stream().mapToDouble(Access::millis).toArray(),
                "Milliseconds");
        if (successful.stream().anyMatch(access -> access.returnedItems() > 0)) {
            sink.putAll(
                    NAMESPACE,
                    "ReturnedItemCount",
                    dimensions,
                    at,
                    successful.stream().mapToDouble(Access::returnedItems).toArray(),
                    COUNT);
        }
        count(at, dimensions, "ThrottledRequests", accesses, Outcome.THROTTLED);
        count(at, dimensions, "SystemErrors", accesses, Outcome.SYSTEM_ERROR);
    }

    /** Publishes a number unless it is zero. */
    private void count(
            Instant at, SortedMap<String, String> dimensions, String metric, List<Access> accesses, Outcome counted) {
        long number =
                accesses.stream().filter(access -> access.outcome() == counted).count();
        if (number > 0) {
            sink.put(NAMESPACE, metric, dimensions, at, (double) number, COUNT);
        }
    }
}
