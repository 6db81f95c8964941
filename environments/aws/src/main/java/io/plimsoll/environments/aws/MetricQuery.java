package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.MetricDefinition;
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
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * One metric of one resource.
 *
 * @param definition what to ask for
 * @param resource what it is asked of
 * @param dimensions exactly the dimension set that AWS publishes
 */
record MetricQuery(MetricDefinition definition, Resource resource, SortedMap<String, String> dimensions) {
    private static final Map<String, ResourceKind> IDENTIFIED = Map.of(
            "LoadBalancer", ResourceKind.LOAD_BALANCER,
            "TargetGroup", ResourceKind.TARGET_GROUP,
            "AutoScalingGroupName", ResourceKind.SCALING_GROUP,
            "InstanceId", ResourceKind.INSTANCE,
            "CacheClusterId", ResourceKind.CACHE);

    MetricQuery {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /** Every metric of every resource it applies to, ordered by name and resource. */
    static List<MetricQuery> of(List<MetricDefinition> definitions, Topology topology) {
        List<MetricQuery> queries = new ArrayList<>();
        for (MetricDefinition definition : definitions) {
            for (Resource resource : topology.of(definition.kind())) {
                queries.add(new MetricQuery(definition, resource, dimensions(definition, resource)));
            }
        }
        queries.sort(
                Comparator.comparing((MetricQuery query) -> query.definition().name())
                        .thenComparing(query -> query.resource().id()));
        return List.copyOf(queries);
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
                .metricStat(stat -> stat.metric(metric -> metric.namespace(definition.namespace())
                                .metricName(definition.metric())
                                .dimensions(set))
                        .period(Math.toIntExact(period.toSeconds()))
                        .stat(definition.statistic()))
                .returnData(true)
                .build();
    }

    private static SortedMap<String, String> dimensions(MetricDefinition definition, Resource resource) {
        SortedMap<String, String> dimensions = new TreeMap<>();
        for (String name : definition.dimensions()) {
            dimensions.put(
                    name,
                    value(name, resource)
                            .orElseThrow(() -> new IllegalArgumentException(definition.name() + ": dimension '" + name
                                    + "' of a " + resource.kind().word() + " is not known")));
        }
        return dimensions;
    }

    private static Optional<String> value(String dimension, Resource resource) {
        boolean database = resource.kind() == ResourceKind.DATABASE || resource.kind() == ResourceKind.REPLICA;
        if (IDENTIFIED.get(dimension) == resource.kind() || (dimension.equals("DBInstanceIdentifier") && database)) {
            return Optional.of(resource.id());
        }
        if (dimension.equals("LoadBalancer")) {
            return Optional.ofNullable(resource.facts().get("load-balancer"));
        }
        return Optional.empty();
    }
}
