package io.plimsoll.environments.local.tcp;

import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import io.plimsoll.environments.local.measure.Dimensions;
import io.plimsoll.environments.local.tcp.FlowCounts.Zone;
import io.plimsoll.environments.local.tcp.TcpBalancer.ActiveFlows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code AWS/NetworkELB}, as "CloudWatch metrics for your Network Load Balancer" lists it. The zone of a flow is that of
 * its target; one that was refused as there is no target is in none.
 */
public final class NetworkBalancerMetrics {
    private static final String NAMESPACE = "AWS/NetworkELB";
    private static final String ZONE = "AvailabilityZone";
    private static final String COUNT = "Count";

    private final MetricSink sink;
    private final TcpBalancer source;
    private final SortedMap<String, String> balancer;
    private final SortedMap<String, String> both;

    /** Publishes what a balancer counts. */
    public NetworkBalancerMetrics(MetricSink sink, TcpBalancer source) {
        this.sink = sink;
        this.source = source;
        this.balancer = Dimensions.of(
                "LoadBalancer", ArnSuffix.networkBalancer(source.settings().name()));
        this.both = Dimensions.and(
                balancer, "TargetGroup", ArnSuffix.targetGroup(source.settings().targetGroup()));
    }

    /** Publishes the second that began at {@code at}. */
    public void publish(Instant at) {
        Map<String, Zone> counts = source.counts().drain();
        List<ActiveFlows> active = source.activeFlows();
        List<TargetView> targets = source.views();
        flows(
                at,
                balancer,
                counts.values().stream().reduce(Zone.NOTHING, Zone::plus),
                active.stream().mapToInt(ActiveFlows::flows).sum());
        hosts(at, both, targets);
        for (String zone : source.settings().zones()) {
            flows(
                    at,
                    Dimensions.and(balancer, ZONE, zone),
                    counts.getOrDefault(zone, Zone.NOTHING),
                    active.stream()
                            .filter(some -> some.target().zone().equals(zone))
                            .mapToInt(ActiveFlows::flows)
                            .sum());
            hosts(
                    at,
                    Dimensions.and(both, ZONE, zone),
                    targets.stream()
                            .filter(target -> target.zone().equals(zone))
                            .toList());
        }
    }

    private void flows(Instant at, SortedMap<String, String> dimensions, Zone counts, int active) {
        put(at, "ActiveFlowCount", dimensions, active, COUNT);
        put(at, "ActiveFlowCount_TCP", dimensions, active, COUNT);
        put(at, "NewFlowCount", dimensions, counts.newFlows(), COUNT);
        put(at, "NewFlowCount_TCP", dimensions, counts.newFlows(), COUNT);
        put(at, "ProcessedBytes", dimensions, counts.processedBytes(), "Bytes");
        put(at, "ProcessedBytes_TCP", dimensions, counts.processedBytes(), "Bytes");
        put(at, "TCP_Client_Reset_Count", dimensions, counts.clientResets(), COUNT);
        put(at, "TCP_Target_Reset_Count", dimensions, counts.targetResets(), COUNT);
        put(at, "TCP_ELB_Reset_Count", dimensions, counts.balancerResets(), COUNT);
    }

    private void hosts(Instant at, SortedMap<String, String> dimensions, List<TargetView> targets) {
        put(at, "HealthyHostCount", dimensions, number(targets, Health.HEALTHY), COUNT);
        put(at, "UnHealthyHostCount", dimensions, number(targets, Health.UNHEALTHY), COUNT);
    }

    private static long number(List<TargetView> targets, Health health) {
        return targets.stream().filter(target -> target.health() == health).count();
    }

    private void put(Instant at, String metric, SortedMap<String, String> dimensions, long value, String unit) {
        sink.put(NAMESPACE, metric, dimensions, at, (double) value, unit);
    }
}
