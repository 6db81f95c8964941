package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.MetricSource;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * Finds the dimension sets that only their source knows, such as those of the CloudWatch agent, by ListMetrics. Of
 * several sets of one resource the mount path {@code /} counts, or else the first.
 */
record OpenDimensions(CloudWatchClient client, AwsCalls calls) {
    /** Queries of the metrics whose dimension sets are not known beforehand; what is not published has none. */
    List<MetricQuery> queries(List<MetricDefinition> definitions, Topology topology) throws InterruptedException {
        Map<String, List<Metric>> published = new HashMap<>();
        List<MetricQuery> queries = new ArrayList<>();
        for (MetricDefinition definition : definitions) {
            for (Resource resource : topology.of(definition.kind())) {
                Optional<MetricSource> source = definition
                        .sourceFor(resource)
                        .filter(open -> open.dimensions().contains(MetricSource.OTHERS));
                if (source.isPresent()) {
                    String name = source.get().namespace() + " " + source.get().metric();
                    if (!published.containsKey(name)) {
                        published.put(name, list(source.get()));
                    }
                    set(published.getOrDefault(name, List.of()), resource)
                            .ifPresent(set -> queries.add(new MetricQuery(definition, source.get(), resource, set)));
                }
            }
        }
        return queries;
    }

    private List<Metric> list(MetricSource source) throws InterruptedException {
        return calls
                .pages(
                        "cloudwatch:ListMetrics",
                        token -> client.listMetrics(request -> request.namespace(source.namespace())
                                .metricName(source.metric())
                                .nextToken(token)),
                        ListMetricsResponse::nextToken)
                .stream()
                .flatMap(page -> page.metrics().stream())
                .toList();
    }

    private static Optional<SortedMap<String, String>> set(List<Metric> published, Resource resource) {
        return published.stream()
                .map(OpenDimensions::set)
                .filter(set -> set.containsValue(resource.id()))
                .min(Comparator.comparing((SortedMap<String, String> set) -> !"/".equals(set.get("path")))
                        .thenComparing(Object::toString));
    }

    private static SortedMap<String, String> set(Metric metric) {
        SortedMap<String, String> set = new TreeMap<>();
        for (Dimension dimension : metric.dimensions()) {
            set.put(dimension.name(), dimension.value());
        }
        return set;
    }
}
