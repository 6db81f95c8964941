package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.estate.MetricSink;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code AWS/RDS} of one server. CPU utilisation is that of its process in percent of one core. ReadIOPS and WriteIOPS
 * are InnoDB's file reads and writes a second ({@code Innodb_data_reads}, {@code Innodb_data_writes}). FreeableMemory has
 * no meaning for a process that shares its machine, and is not published. Used by one thread.
 */
public final class DatabaseMetrics {
    private static final String NAMESPACE = "AWS/RDS";
    private static final String CONNECTIONS = "Threads_connected";
    private static final String READS = "Innodb_data_reads";
    private static final String WRITES = "Innodb_data_writes";
    /** What AWS publishes for a replica whose replication does not run. */
    private static final double STOPPED = -1;

    private final MetricSink sink;
    private final DatabaseServer server;
    private final SortedMap<String, String> dimensions;
    private final CpuMeter cpu;
    private final DeltaMeter reads = new DeltaMeter();
    private final DeltaMeter writes = new DeltaMeter();

    /** Publishes to a sink. */
    public DatabaseMetrics(MetricSink sink, DatabaseServer server) {
        this.sink = sink;
        this.server = server;
        this.dimensions = Dimensions.of("DBInstanceIdentifier", server.id());
        this.cpu = new CpuMeter(server.process());
    }

    /** Publishes the second that began at {@code at}; nothing beyond what the server answers. */
    public void publish(Instant at) {
        cpu.percent().ifPresent(percent -> put("CPUUtilization", at, percent, "Percent"));
        try {
            Map<String, Long> status = server.globalStatus(CONNECTIONS, READS, WRITES);
            put("DatabaseConnections", at, (double) status.getOrDefault(CONNECTIONS, 0L), "Count");
            reads.perSecond(status.getOrDefault(READS, 0L))
                    .ifPresent(rate -> put("ReadIOPS", at, rate, "Count/Second"));
            writes.perSecond(status.getOrDefault(WRITES, 0L))
                    .ifPresent(rate -> put("WriteIOPS", at, rate, "Count/Second"));
            if (server.source().isPresent()) {
                put("ReplicaLag", at, server.replicationLagSeconds().orElse(STOPPED), "Seconds");
            }
        } catch (SQLException e) {
            // A server that does not answer has no datapoint.
            return;
        }
    }

    private void put(String metric, Instant at, double value, String unit) {
        sink.put(NAMESPACE, metric, dimensions, at, value, unit);
    }
}
