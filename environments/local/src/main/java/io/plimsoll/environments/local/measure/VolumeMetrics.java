package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.service.InstanceReport;
import java.time.Instant;
import java.util.SortedMap;
import java.util.function.ToLongFunction;

/**
 * What an instance does on its volume: {@code AWS/EBS} by {@code VolumeId}, {@code AWS/EC2} {@code EBS…} by {@code
 * InstanceId}, and {@code CWAgent} {@code disk_used_percent}. Counted are the operations of its programs on their files:
 * those of the database as InnoDB counts them, and static files that were read. What the machine's page cache spares the
 * real disk is not taken off, as it depends on the machine. Used by one thread.
 */
public final class VolumeMetrics {
    private final MetricSink sink;
    private final ToLongFunction<InstanceView> volumeBytes;
    private final DeltaMeter reads = new DeltaMeter();
    private final DeltaMeter writes = new DeltaMeter();
    private final DeltaMeter bytesRead = new DeltaMeter();
    private final DeltaMeter bytesWritten = new DeltaMeter();

    /**
     * Publishes to a sink.
     *
     * @param volumeBytes size of an instance's volume
     */
    public VolumeMetrics(MetricSink sink, ToLongFunction<InstanceView> volumeBytes) {
        this.sink = sink;
        this.volumeBytes = volumeBytes;
    }

    /** Publishes what an instance did in the second of a report. */
    public void publish(InstanceView instance, InstanceReport report, DiskUse use) {
        Instant at = report.start();
        SortedMap<String, String> volume = Dimensions.of("VolumeId", instance.volumeId());
        SortedMap<String, String> one = Dimensions.of("InstanceId", instance.id());
        reads.growth(use.reads()).ifPresent(count -> {
            double all = count + report.staticRequests();
            sink.put("AWS/EBS", "VolumeReadOps", volume, at, all, "Count");
            sink.put("AWS/EC2", "EBSReadOps", one, at, all, "Count");
        });
        writes.growth(use.writes()).ifPresent(count -> {
            sink.put("AWS/EBS", "VolumeWriteOps", volume, at, (double) count, "Count");
            sink.put("AWS/EC2", "EBSWriteOps", one, at, (double) count, "Count");
        });
        bytesRead.growth(use.bytesRead()).ifPresent(bytes -> {
            double all = bytes + report.staticBytes();
            sink.put("AWS/EBS", "VolumeReadBytes", volume, at, all, "Bytes");
            sink.put("AWS/EC2", "EBSReadBytes", one, at, all, "Bytes");
        });
        bytesWritten.growth(use.bytesWritten()).ifPresent(bytes -> {
            sink.put("AWS/EBS", "VolumeWriteBytes", volume, at, (double) bytes, "Bytes");
            sink.put("AWS/EC2", "EBSWriteBytes", one, at, (double) bytes, "Bytes");
        });
        sink.put("AWS/EBS", "VolumeQueueLength", volume, at, (double) use.pending(), "Count");
        sink.put(
                "CWAgent",
                "disk_used_percent",
                one,
                at,
                100.0 * use.bytesStored() / volumeBytes.applyAsLong(instance),
                "Percent");
    }
}
