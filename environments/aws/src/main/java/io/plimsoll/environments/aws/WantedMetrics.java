package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which metrics a run gathers: each is billed, so only what the report shows, what is named, and what proves life. */
final class WantedMetrics {
    private WantedMetrics() {}

    /** The metrics that are always gathered, the named ones and the companions of all of them, each once. */
    static List<MetricDefinition> with(Collection<MetricDefinition> named) {
        Map<String, MetricDefinition> wanted = new LinkedHashMap<>();
        MetricCatalogue.all().stream().filter(MetricDefinition::always).forEach(metric -> add(metric, wanted));
        named.forEach(metric -> add(metric, wanted));
        return List.copyOf(wanted.values());
    }

    private static void add(MetricDefinition metric, Map<String, MetricDefinition> wanted) {
        if (wanted.putIfAbsent(metric.name(), metric) == null) {
            companion(metric).ifPresent(companion -> wanted.putIfAbsent(companion.name(), companion));
        }
    }

    private static Optional<MetricDefinition> companion(MetricDefinition metric) {
        return metric.absence() instanceof Absence.Sparse sparse
                ? MetricCatalogue.named(sparse.companion())
                : Optional.empty();
    }
}
