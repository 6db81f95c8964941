package io.plimsoll.environments.local.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Identity of a metric: values are never aggregated across dimension sets.
 *
 * @param namespace such as {@code AWS/EC2}
 * @param name such as {@code CPUUtilization}
 * @param dimensions exactly the set it is published under, by name; may be empty
 */
public record MetricKey(String namespace, String name, SortedMap<String, String> dimensions) {
    public MetricKey {
        if (namespace.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "metric: namespace and name must not be blank, were '" + namespace + "' and '" + name + "'");
        }
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }
}
