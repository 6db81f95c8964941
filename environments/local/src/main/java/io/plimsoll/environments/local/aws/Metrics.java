package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.metrics.MetricKey;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/** Metric identities between the SDK's classes and the store's. */
final class Metrics {
    private static final int MOST_DIMENSIONS = 30;

    private Metrics() {}

    static MetricKey key(String namespace, String name, List<Dimension> dimensions) {
        if (dimensions.size() > MOST_DIMENSIONS) {
            throw AwsFault.badRequest(
                    "InvalidParameterValue",
                    "The collection Dimensions must not have a size greater than " + MOST_DIMENSIONS + ".");
        }
        SortedMap<String, String> byName = new TreeMap<>();
        for (Dimension dimension : dimensions) {
            if (dimension.name() == null || dimension.value() == null) {
                throw AwsFault.badRequest("MissingParameter", "A dimension must have a Name and a Value.");
            }
            byName.put(dimension.name(), dimension.value());
        }
        return new MetricKey(namespace, name, byName);
    }

    static List<Dimension> dimensions(MetricKey key) {
        return key.dimensions().entrySet().stream().map(Metrics::dimension).toList();
    }

    private static Dimension dimension(Map.Entry<String, String> entry) {
        return Dimension.builder().name(entry.getKey()).value(entry.getValue()).build();
    }
}
