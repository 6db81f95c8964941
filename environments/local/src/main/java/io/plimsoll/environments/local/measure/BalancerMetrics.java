package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.balancer.BalancerCounts;
import io.plimsoll.environments.local.balancer.BalancerCounts.Exchange;
import io.plimsoll.environments.local.balancer.BalancerCounts.Origin;
import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code AWS/ApplicationELB}, as "CloudWatch metrics for your Application Load Balancer" lists it. The zone of a request
 * is that of its target. No connection is ever rejected for their number, so RejectedConnectionCount never occurs.
 */
public final class BalancerMetrics {
    private static final String NAMESPACE = "AWS/ApplicationELB";
    private static final String ZONE = "AvailabilityZone";
    private static final String COUNT = "Count";

    private final MetricSink sink;
    private final SortedMap<String, String> balancer;
    private final List<Group> groups;

    /** Dimensions of a target group: by itself, and with its balancer. */
    private record Group(String name, SortedMap<String, String> alone, SortedMap<String, String> both) {}

    /**
     * Publishes to a sink.
     *
     * @param name name of the balancer
     * @param targetGroups names of its target groups
     */
    public BalancerMetrics(MetricSink sink, String name, List<String> targetGroups) {
        this.sink = sink;
        this.balancer = Dimensions.of("LoadBalancer", ArnSuffix.loadBalancer(name));
        this.groups = targetGroups.stream()
                .map(group -> new Group(
                        group,
                        Dimensions.of("TargetGroup", ArnSuffix.targetGroup(group)),
                        Dimensions.and(balancer, "TargetGroup", ArnSuffix.targetGroup(group))))
                .toList();
    }

    /**
     * Publishes one second.
     *
     * @param at its start
     * @param exchanges requests answered in it
     * @param targets targets of all the balancer's groups at its end
     */
    public void publish(Instant at, List<Exchange> exchanges, List<TargetView> targets) {
        traffic(at, exchanges, balancer);
        own(at, exchanges, balancer);
        BalancerCounts.byZone(exchanges).forEach((zone, some) -> {
            traffic(at, some, Dimensions.and(balancer, ZONE, zone));
            own(at, some, Dimensions.and(balancer, ZONE, zone));
        });
        for (Group group : groups) {
            publish(
                    at,
                    group,
                    exchanges.stream()
                            .filter(some -> some.targetGroup().equals(Optional.of(group.name())))
                            .toList(),
                    targets.stream()
                            .filter(target -> target.targetGroup().equals(group.name()))
                            .toList());
        }
    }

    /**
     * Publishes the clients' connections at the end of a second and the bytes that passed in it.
     *
     * @param bytes received from clients and sent to them
     */
    public void publishTraffic(Instant at, long activeConnections, long bytes) {
        sink.put(NAMESPACE, "ActiveConnectionCount", balancer, at, (double) activeConnections, COUNT);
        if (bytes > 0) {
            sink.put(NAMESPACE, "ProcessedBytes", balancer, at, (double) bytes, "Bytes");
        }
    }

    /**
     * Publishes how many TLS handshakes failed in a second; not a metric of zones or target groups here, as no target
     * was chosen.
     *
     * @param failed >= 0
     */
    public void publishFailedHandshakes(Instant at, long failed) {
        if (failed > 0) {
            sink.put(NAMESPACE, "ClientTLSNegotiationErrorCount", balancer, at, (double) failed, COUNT);
        }
    }

    private void publish(Instant at, Group group, List<Exchange> exchanges, List<TargetView> targets) {
        traffic(at, exchanges, group.both());
        BalancerCounts.byZone(exchanges)
                .forEach((zone, some) -> traffic(at, some, Dimensions.and(group.both(), ZONE, zone)));
        hosts(at, targets, group.both());
        Map<String, List<TargetView>> byZone = new TreeMap<>();
        for (TargetView target : targets) {
            byZone.computeIfAbsent(target.zone(), zone -> new ArrayList<>()).add(target);
        }
        byZone.forEach((zone, some) -> hosts(at, some, Dimensions.and(group.both(), ZONE, zone)));
        perTarget(at, group, exchanges, targets);
    }

    private void traffic(Instant at, List<Exchange> exchanges, SortedMap<String, String> dimensions) {
        // A request counts once a target was chosen for it.
        count(at, "RequestCount", dimensions, exchanges, some -> some.zone().isPresent());
        for (int hundreds = 2; hundreds <= 5; hundreds++) {
            int digit = hundreds;
            count(
                    at,
                    "HTTPCode_Target_" + digit + "XX_Count",
                    dimensions,
                    exchanges,
                    some -> some.origin() == Origin.TARGET && some.status() / 100 == digit);
        }
        count(
                at,
                "TargetConnectionErrorCount",
                dimensions,
                exchanges,
                some -> some.origin() == Origin.CONNECTION_ERROR);
        double[] seconds = exchanges.stream()
                .filter(some -> some.origin() == Origin.TARGET)
                .mapToDouble(Exchange::responseSeconds)
                .toArray();
        if (seconds.length > 0) {
            sink.putAll(NAMESPACE, "TargetResponseTime", dimensions, at, seconds, "Seconds");
        }
    }

    /** What the balancer answered itself, which has no target group's dimension. */
    private void own(Instant at, List<Exchange> exchanges, SortedMap<String, String> dimensions) {
        Predicate<Exchange> own = some -> some.origin() != Origin.TARGET;
        count(at, "HTTPCode_ELB_4XX_Count", dimensions, exchanges, own.and(some -> some.status() / 100 == 4));
        count(at, "HTTPCode_ELB_5XX_Count", dimensions, exchanges, own.and(some -> some.status() / 100 == 5));
        for (int status : new int[] {500, 502, 503, 504}) {
            count(
                    at,
                    "HTTPCode_ELB_" + status + "_Count",
                    dimensions,
                    exchanges,
                    own.and(some -> some.status() == status));
        }
    }

    /** Publishes a count unless it is zero. */
    private void count(
            Instant at,
            String metric,
            SortedMap<String, String> dimensions,
            List<Exchange> exchanges,
            Predicate<Exchange> counted) {
        long number = exchanges.stream().filter(counted).count();
        if (number > 0) {
            sink.put(NAMESPACE, metric, dimensions, at, (double) number, COUNT);
        }
    }

    private void hosts(Instant at, List<TargetView> targets, SortedMap<String, String> dimensions) {
        sink.put(NAMESPACE, "HealthyHostCount", dimensions, at, number(targets, Health.HEALTHY), COUNT);
        sink.put(NAMESPACE, "UnHealthyHostCount", dimensions, at, number(targets, Health.UNHEALTHY), COUNT);
    }

    /** The mean over the targets in service, although AWS has it read with the statistic Sum. */
    private void perTarget(Instant at, Group group, List<Exchange> exchanges, List<TargetView> targets) {
        double healthy = number(targets, Health.HEALTHY);
        long requests =
                exchanges.stream().filter(some -> some.zone().isPresent()).count();
        if (healthy > 0 && requests > 0) {
            for (SortedMap<String, String> dimensions : List.of(group.alone(), group.both())) {
                sink.put(NAMESPACE, "RequestCountPerTarget", dimensions, at, requests / healthy, COUNT);
            }
        }
    }

    private static double number(List<TargetView> targets, Health health) {
        return (double)
                targets.stream().filter(target -> target.health() == health).count();
    }
}
