package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.MetricSource;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * One metric of one resource.
 *
 * @param definition what to ask for
 * @param source where it is published
 * @param resource what it is asked of
 * @param dimensions exactly the dimension set that is published
 */
record MetricQuery(
        MetricDefinition definition, MetricSource source, Resource resource, SortedMap<String, String> dimensions) {
    /** Whose id is the value of a dimension. */
    private static final Map<String, Set<ResourceKind>> IDENTIFIED = Map.ofEntries(
            Map.entry("LoadBalancer", Set.of(ResourceKind.LOAD_BALANCER, ResourceKind.NETWORK_LOAD_BALANCER)),
            Map.entry("TargetGroup", Set.of(ResourceKind.TARGET_GROUP)),
            Map.entry("AutoScalingGroupName", Set.of(ResourceKind.SCALING_GROUP)),
            Map.entry("InstanceId", Set.of(ResourceKind.INSTANCE)),
            Map.entry("VolumeId", Set.of(ResourceKind.VOLUME)),
            Map.entry("DBInstanceIdentifier", Set.of(ResourceKind.DATABASE, ResourceKind.REPLICA, ResourceKind.SHARD)),
            Map.entry("DBClusterIdentifier", Set.of(ResourceKind.DATABASE_CLUSTER)),
            Map.entry("CacheClusterId", Set.of(ResourceKind.CACHE)),
            Map.entry("DistributionId", Set.of(ResourceKind.DISTRIBUTION)),
            Map.entry("BucketName", Set.of(ResourceKind.BUCKET)),
            Map.entry("QueueName", Set.of(ResourceKind.QUEUE, ResourceKind.DEAD_LETTER_QUEUE)),
            Map.entry("TableName", Set.of(ResourceKind.TABLE)),
            Map.entry("FunctionName", Set.of(ResourceKind.FUNCTION)),
            Map.entry("ClusterIdentifier", Set.of(ResourceKind.WAREHOUSE)),
            Map.entry("HealthCheckId", Set.of(ResourceKind.HEALTH_CHECK)));
    /** Which fact of any other resource is the value of a dimension. */
    private static final Map<String, String> FACTS = Map.of(
            "LoadBalancer", "load-balancer",
            "TargetGroup", "target-group",
            "AvailabilityZone", "zone",
            "CacheClusterId", "cluster",
            "CacheNodeId", "node",
            "FilterId", "metrics-filter");

    MetricQuery {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /**
     * Every metric of every resource that publishes it, ordered by name and resource. What the run measures itself is
     * left out, and what lacks a dimension because it is switched off.
     */
    static List<MetricQuery> of(List<MetricDefinition> definitions, Topology topology) {
        List<MetricQuery> queries = new ArrayList<>();
        for (MetricDefinition definition : definitions) {
            for (Resource resource : topology.of(definition.kind())) {
                definition
                        .sourceFor(resource)
                        .filter(source -> !source.fromInjector())
                        .flatMap(source -> query(definition, source, resource))
                        .ifPresent(queries::add);
            }
        }
        queries.sort(
                Comparator.comparing((MetricQuery query) -> query.definition().name())
                        .thenComparing(query -> query.resource().id()));
        return List.copyOf(queries);
    }

    private static Optional<MetricQuery> query(MetricDefinition definition, MetricSource source, Resource resource) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        for (String dimension : source.dimensions()) {
            String[] parts = dimension.split("=", 2);
            Optional<String> value = parts.length == 2 ? Optional.of(parts[1]) : value(parts[0], resource);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            dimensions.put(parts[0], value.get());
        }
        return Optional.of(new MetricQuery(definition, source, resource, dimensions));
    }

    private static Optional<String> value(String dimension, Resource resource) {
        if (IDENTIFIED.getOrDefault(dimension, Set.of()).contains(resource.kind())) {
            return Optional.of(resource.id());
        }
        return Optional.ofNullable(FACTS.get(dimension))
                .map(fact -> resource.facts().get(fact));
    }

    /** Where it is published, if not in the stack's own region. */
    Optional<String> region() {
        return source.region().or(() -> Optional.ofNullable(resource.facts().get("region")));
    }

    /**
     * The period to ask for: the environment's, or the source's where that is longer.
     *
     * @param usual the environment's; one shorter than a minute stands for a minute of AWS
     */
    Duration period(Duration usual) {
        Duration minute = Duration.ofMinutes(1);
        if (source.period().compareTo(minute) <= 0) {
            return usual;
        }
        long minutes = source.period().toMinutes();
        Duration longer = usual.compareTo(minute) < 0 ? usual.multipliedBy(minutes) : source.period();
        return longer.compareTo(usual) > 0 ? longer : usual;
    }

    /** How long after a period its datapoint is there at the latest, in the time of the environment. */
    Duration delay(Duration usual) {
        Duration minute = Duration.ofMinutes(1);
        return usual.compareTo(minute) < 0
                ? Duration.ofMillis(source.delay().toMillis() * usual.toMillis() / minute.toMillis())
                : source.delay();
    }

    /** For people: {@code 'host cpu' of i-0abc}. */
    String title() {
        return "'" + definition.name() + "' of " + resource.id();
    }

    /** The query as CloudWatch takes it. No unit is named: CloudWatch would not convert but leave out. */
    MetricDataQuery toAws(String id, Duration period) {
        List<Dimension> set = dimensions.entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.metric(metric -> metric.namespace(source.namespace())
                                .metricName(source.metric())
                                .dimensions(set))
                        .period(Math.toIntExact(period.toSeconds()))
                        .stat(source.statistic()))
                .returnData(true)
                .build();
    }
}
