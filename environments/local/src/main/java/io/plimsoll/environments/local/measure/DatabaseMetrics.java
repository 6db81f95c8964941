package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.estate.MetricSink;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * {@code AWS/RDS} of one DB instance, and {@code Plimsoll/MySQL} with what AWS shows in Performance Insights and not in
 * CloudWatch. CPU utilisation is that of the server's process in percent of one core; memory and storage are what the
 * machine has left, as the server shares it. A server that took over begins with new counters. Used by one thread.
 *
 * <p>{@code Plimsoll/MySQL}: {@code Selects} and {@code Writes} a second, {@code RowsExamined} a second and {@code
 * RowsExaminedPerStatement}, all of the service's account alone, so that what observes does not count; {@code FullScans},
 * rows of the service's tables that were read without an index; {@code
 * BufferPoolReadRequests} and {@code BufferPoolReads} (those that went to disk) a second, {@code BufferPoolHitRatio} in
 * percent; {@code SlowQueries}; {@code LockWaits}, sessions that wait for a row's lock at a time.
 */
public final class DatabaseMetrics {
    private static final String RDS = "AWS/RDS";
    private static final String MYSQL = "Plimsoll/MySQL";
    private static final String PER_SECOND = "Count/Second";
    /** What AWS publishes for a replica whose replication does not run. */
    private static final double STOPPED = -1;

    private final MetricSink sink;
    private final Supplier<DatabaseServer> behind;
    private final SortedMap<String, String> dimensions;
    private final Map<String, DeltaMeter> meters = new TreeMap<>();
    private DatabaseServer server;
    private CpuMeter cpu;
    private long pid;
    private long lastNanos = System.nanoTime();
    private double seconds;
    private long scanned;

    /**
     * Publishes to a sink.
     *
     * @param id DB instance identifier
     * @param behind the server behind its endpoint now
     */
    public DatabaseMetrics(MetricSink sink, String id, Supplier<DatabaseServer> behind) {
        this.sink = sink;
        this.behind = behind;
        this.dimensions = Dimensions.of("DBInstanceIdentifier", id);
        this.server = behind.get();
        this.cpu = new CpuMeter(server.process());
        this.pid = server.process().pid();
    }

    /** Publishes the second that began at {@code at}; nothing beyond what the server answers. */
    public void publish(Instant at) {
        long nanos = System.nanoTime();
        seconds = Math.max(1, nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        server = behind.get();
        if (server.process().pid() != pid) {
            pid = server.process().pid();
            cpu = new CpuMeter(server.process());
            meters.clear();
            scanned = 0;
        }
        cpu.percent().ifPresent(percent -> put(RDS, "CPUUtilization", at, percent, "Percent"));
        put(RDS, "FreeStorageSpace", at, (double) server.data().toFile().getUsableSpace(), "Bytes");
        HostMemory.available().ifPresent(bytes -> put(RDS, "FreeableMemory", at, (double) bytes, "Bytes"));
        try {
            counters(at, server.globalStatus());
            statements(at, server.accountStatistics());
            scans(at, server.rowsScanned());
            if (server.source().isPresent()) {
                put(RDS, "ReplicaLag", at, server.replicationLagSeconds().orElse(STOPPED), "Seconds");
            }
        } catch (SQLException e) {
            // A server that does not answer has no datapoint.
            return;
        }
    }

    private void counters(Instant at, Map<String, Long> status) {
        put(RDS, "DatabaseConnections", at, value(status, "Threads_connected"), "Count");
        rate(RDS, "ReadIOPS", at, value(status, "Innodb_data_reads"));
        rate(RDS, "WriteIOPS", at, value(status, "Innodb_data_writes"));
        put(
                RDS,
                "DiskQueueDepth",
                at,
                value(status, "Innodb_data_pending_reads")
                        + value(status, "Innodb_data_pending_writes")
                        + value(status, "Innodb_data_pending_fsyncs"),
                "Count");
        OptionalLong requests =
                rate(MYSQL, "BufferPoolReadRequests", at, value(status, "Innodb_buffer_pool_read_requests"));
        OptionalLong reads = rate(MYSQL, "BufferPoolReads", at, value(status, "Innodb_buffer_pool_reads"));
        if (requests.orElse(0) > 0 && reads.isPresent()) {
            double misses = Math.min(1, (double) reads.getAsLong() / requests.getAsLong());
            put(MYSQL, "BufferPoolHitRatio", at, 100 * (1 - misses), "Percent");
        }
        rate(MYSQL, "SlowQueries", at, value(status, "Slow_queries"));
        // Milliseconds that sessions have waited for locks, over those that passed: how many waited at a time.
        meters.computeIfAbsent("LockWaits", name -> new DeltaMeter())
                .growth((long) value(status, "Innodb_row_lock_time"))
                .ifPresent(millis -> put(MYSQL, "LockWaits", at, millis / (seconds * 1000), "Count"));
    }

    private void statements(Instant at, Map<String, Long> account) {
        OptionalLong selects = rate(MYSQL, "Selects", at, value(account, "SELECT_COMMANDS"));
        OptionalLong writes = rate(MYSQL, "Writes", at, value(account, "UPDATE_COMMANDS"));
        OptionalLong rows = rate(MYSQL, "RowsExamined", at, value(account, "ROWS_READ"));
        long statements = selects.orElse(0) + writes.orElse(0);
        if (statements > 0 && rows.isPresent()) {
            put(MYSQL, "RowsExaminedPerStatement", at, (double) rows.getAsLong() / statements, "Count");
        }
    }

    /** A reading that is too low is made up for by the next. */
    private void scans(Instant at, long reading) {
        scanned = Math.max(scanned, reading);
        meters.computeIfAbsent("FullScans", name -> new DeltaMeter())
                .growth(scanned)
                .ifPresent(value -> put(MYSQL, "FullScans", at, (double) value, "Count"));
    }

    /** Publishes the growth a second of a counter and returns its growth. */
    private OptionalLong rate(String namespace, String metric, Instant at, double total) {
        OptionalLong growth =
                meters.computeIfAbsent(metric, name -> new DeltaMeter()).growth((long) total);
        growth.ifPresent(value -> put(namespace, metric, at, value / seconds, PER_SECOND));
        return growth;
    }

    private static double value(Map<String, Long> values, String name) {
        return values.getOrDefault(name, 0L);
    }

    private void put(String namespace, String metric, Instant at, double value, String unit) {
        sink.put(namespace, metric, dimensions, at, value, unit);
    }
}
