package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.FactCondition;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.MetricSource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Section {@code metrics} of a descriptor: names for CloudWatch metrics that the catalogue does not hold. */
final class MetricsSection {
    static final List<String> KEYS =
            List.of("name", "namespace", "metric", "dimensions", "statistic", "unit", "period", "region");
    private static final Duration DELAY = Duration.ofMinutes(3);
    private static final Map<String, Unit> UNITS =
            Map.of("s", Unit.SECONDS, "%", Unit.PERCENT, "B", Unit.BYTES, "count", Unit.COUNT, "/s", Unit.PER_SECOND);

    private MetricsSection() {}

    static List<MetricDefinition> read(Node section) {
        Map<String, MetricDefinition> metrics = new LinkedHashMap<>();
        for (Node node : section.items()) {
            MetricDefinition metric = metric(node);
            Node name = node.required("name");
            if (MetricCatalogue.named(metric.name()).isPresent()) {
                throw name.error("is a name of the catalogue: choose another");
            }
            if (metrics.put(metric.name(), metric) != null) {
                throw name.error("must be given once");
            }
        }
        return List.copyOf(metrics.values());
    }

    private static MetricDefinition metric(Node node) {
        node.allowOnly(KEYS.toArray(String[]::new));
        Node name = node.required("name");
        if (!name.text().matches("[a-z][a-z0-9 -]*")) {
            throw name.error("must be lower-case words");
        }
        List<String> dimensions = new ArrayList<>();
        node.required("dimensions").mapping().forEach((key, value) -> dimensions.add(key + "=" + value.text()));
        try {
            MetricSource source = new MetricSource(
                    Optional.of(new FactCondition("metric", name.text(), true, false)),
                    node.required("namespace").text(),
                    node.required("metric").text(),
                    dimensions,
                    node.required("statistic").text(),
                    1,
                    node.optional("period").map(Node::duration).orElse(Duration.ofMinutes(1)),
                    DELAY,
                    node.optional("region").map(Node::text),
                    false);
            return new MetricDefinition(
                    name.text(),
                    ResourceKind.METRIC,
                    node.optional("unit")
                            .map(unit -> UNITS.getOrDefault(
                                    unit.oneOf(UNITS.keySet().stream().sorted().toList()), Unit.COUNT))
                            .orElse(Unit.COUNT),
                    new Absence.Dense(),
                    Optional.empty(),
                    true,
                    List.of(source));
        } catch (IllegalArgumentException e) {
            throw node.error(String.valueOf(e.getMessage()));
        }
    }
}
