package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.service.InstanceReport;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * {@code AWS/EC2} of an instance and of its group, and {@code CWAgent}'s memory. CPU utilisation is the busy share of the
 * instance's virtual CPU; network bytes are those of its listener; memory is the heap in use as a share of the instance
 * type's memory. Under the group's dimension each instance in service has a datapoint a second of its network bytes; the
 * group's CPU utilisation is the scaling group's to publish, as it knows which instances have warmed up.
 */
public final class InstanceMetrics {
    private static final String NAMESPACE = "AWS/EC2";

    private final MetricSink sink;
    private final ToLongFunction<InstanceView> memoryBytes;
    private final Supplier<Optional<String>> group;
    private final Predicate<String> inService;

    /**
     * Publishes to a sink.
     *
     * @param memoryBytes memory of an instance, of its type now
     * @param group name of the auto-scaling group of the instances; empty if they have none
     * @param inService whether the instance of an id counts in the group's network bytes
     */
    public InstanceMetrics(
            MetricSink sink,
            ToLongFunction<InstanceView> memoryBytes,
            Supplier<Optional<String>> group,
            Predicate<String> inService) {
        this.sink = sink;
        this.memoryBytes = memoryBytes;
        this.group = group;
        this.inService = inService;
    }

    /**
     * Publishes what an instance reported.
     *
     * @param otherBytes memory of what runs on it beside its service
     */
    public void publish(InstanceView instance, InstanceReport report, long otherBytes) {
        SortedMap<String, String> one = Dimensions.of("InstanceId", instance.id());
        sink.put(NAMESPACE, "CPUUtilization", one, report.start(), report.cpuRatio() * 100, "Percent");
        network(one, report);
        service("Requests", report.requests(), one, report);
        service("StaticRequests", report.staticRequests(), one, report);
        sink.put("Plimsoll/Service", "StaticBytes", one, report.start(), (double) report.staticBytes(), "Bytes");
        service("Errors", report.errors(), one, report);
        sink.put("Plimsoll/Service", "PoolBusy", one, report.start(), report.poolRatio() * 100, "Percent");
        sink.put(
                "CWAgent",
                "mem_used_percent",
                one,
                report.start(),
                100.0 * (report.heapBytes() + otherBytes) / memoryBytes.applyAsLong(instance),
                "Percent");
        group.get()
                .filter(name -> inService.test(instance.id()))
                .ifPresent(name -> network(Dimensions.of("AutoScalingGroupName", name), report));
    }

    /** Publishes how many packets of an instance had to wait, as they exceeded what it may send. */
    public void publishExceeded(InstanceView instance, InstanceReport report, long packets) {
        sink.put(
                "CWAgent",
                "ethtool_bw_out_allowance_exceeded",
                Dimensions.of("InstanceId", instance.id()),
                report.start(),
                (double) packets,
                "Count");
    }

    /** What the service counts itself, under a namespace of its own. */
    private void service(String metric, long count, SortedMap<String, String> one, InstanceReport report) {
        sink.put("Plimsoll/Service", metric, one, report.start(), (double) count, "Count");
    }

    private void network(SortedMap<String, String> dimensions, InstanceReport report) {
        sink.put(NAMESPACE, "NetworkIn", dimensions, report.start(), (double) report.bytesIn(), "Bytes");
        sink.put(NAMESPACE, "NetworkOut", dimensions, report.start(), (double) report.bytesOut(), "Bytes");
    }
}
