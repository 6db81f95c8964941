package io.plimsoll.environments.local.warehouse;

import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.measure.Dimensions;
import java.time.Instant;
import java.util.SortedMap;

/**
 * {@code AWS/Redshift} of the cluster, as "Performance data in Amazon Redshift" of the management guide lists it, as far as
 * it has it ({@code PercentageDiskSpaceUsed}, {@code HealthStatus}), and {@code Plimsoll/Warehouse} with what the load job
 * says of itself: {@code LoadLag} and {@code OldestTransactionalRowAge} in seconds, {@code RowsLoaded}, {@code OverdueRows}.
 * Used by one thread.
 */
public final class WarehouseMetrics {
    private static final String REDSHIFT = "AWS/Redshift";
    private static final String JOB = "Plimsoll/Warehouse";

    private final MetricSink sink;
    private final WarehouseServer server;
    private final SortedMap<String, String> dimensions;
    private long rows;

    /** Publishes to a sink. */
    public WarehouseMetrics(MetricSink sink, WarehouseServer server) {
        this.sink = sink;
        this.server = server;
        this.dimensions = Dimensions.of("ClusterIdentifier", server.settings().id());
    }

    /** Publishes the second that began at {@code at}; of a process that says nothing, its health alone. */
    public void publish(Instant at) {
        put(REDSHIFT, "HealthStatus", at, server.process().isAlive() ? 1 : 0, "Count");
        server.report().ifPresent(report -> {
            put(
                    REDSHIFT,
                    "PercentageDiskSpaceUsed",
                    at,
                    100.0 * report.bytes() / server.settings().diskBytes(),
                    "Percent");
            put(JOB, "LoadLag", at, report.lag().toMillis() / 1e3, "Seconds");
            put(JOB, "OldestTransactionalRowAge", at, report.oldest().toMillis() / 1e3, "Seconds");
            put(JOB, "OverdueRows", at, (double) report.overdue(), "Count");
            put(JOB, "RowsLoaded", at, (double) (report.rows() - rows), "Count");
            rows = report.rows();
        });
    }

    private void put(String namespace, String metric, Instant at, double value, String unit) {
        sink.put(namespace, metric, dimensions, at, value, unit);
    }
}
