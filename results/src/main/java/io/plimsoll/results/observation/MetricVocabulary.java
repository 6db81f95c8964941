package io.plimsoll.results.observation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics that can be named: those of the catalogue, and those that an environment's file adds. Immutable. */
public final class MetricVocabulary {
    private final Map<String, MetricDefinition> byName;

    private MetricVocabulary(Map<String, MetricDefinition> byName) {
        this.byName = byName;
    }

    /** The catalogue's. */
    public static MetricVocabulary standard() {
        return of(MetricCatalogue.all());
    }

    /**
     * These metrics alone.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public static MetricVocabulary of(List<MetricDefinition> metrics) {
        Map<String, MetricDefinition> byName = new LinkedHashMap<>();
        for (MetricDefinition metric : metrics) {
            if (byName.put(metric.name(), metric) != null) {
                throw new IllegalArgumentException("metric '" + metric.name() + "' is defined twice");
            }
        }
        return new MetricVocabulary(Collections.unmodifiableMap(byName));
    }

    /**
     * This vocabulary and further metrics.
     *
     * @throws IllegalArgumentException if a name is taken
     */
    public MetricVocabulary with(List<MetricDefinition> metrics) {
        List<MetricDefinition> both = new ArrayList<>(byName.values());
        both.addAll(metrics);
        return of(both);
    }

    /** Every metric, in a fixed order. */
    public List<MetricDefinition> all() {
        return List.copyOf(byName.values());
    }

    /** The metric of that name; empty if there is none. */
    public Optional<MetricDefinition> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
