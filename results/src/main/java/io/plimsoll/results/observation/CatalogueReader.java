package io.plimsoll.results.observation;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and validates a catalogue of metrics. */
final class CatalogueReader {
    static final Duration USUAL_PERIOD = Duration.ofMinutes(1);
    static final Duration USUAL_DELAY = Duration.ofMinutes(3);

    private static final String ANY_KIND = "*";
    private static final String INJECTOR = "injector";

    private final Map<String, MetricDefinition> metrics = new LinkedHashMap<>();
    private final Map<Node, MetricDefinition> lines = new LinkedHashMap<>();

    private CatalogueReader() {}

    /** What a catalogue holds. */
    record Content(List<MetricDefinition> metrics, List<Namespace> namespaces) {
        Content {
            metrics = List.copyOf(metrics);
            namespaces = List.copyOf(namespaces);
        }
    }

    /** A namespace whose metrics can be named by CloudWatch's own words. */
    record Namespace(String namespace, ResourceKind kind, List<String> dimensions, Optional<String> region) {
        static Namespace unknown(String namespace) {
            return new Namespace(namespace, ResourceKind.METRIC, List.of(MetricSource.OTHERS), Optional.empty());
        }

        MetricDefinition metric(String name, String metric, String statistic) {
            MetricSource source = new MetricSource(
                    Optional.empty(),
                    namespace,
                    metric,
                    dimensions,
                    statistic,
                    1,
                    USUAL_PERIOD,
                    USUAL_DELAY,
                    region,
                    false);
            return new MetricDefinition(
                    name, kind, Unit.COUNT, new Absence.Dense(), Optional.empty(), false, List.of(source));
        }
    }

    /**
     * Reads a catalogue.
     *
     * @param source what errors call the text
     * @throws DocumentException with line, rule and value of the first thing that is wrong
     */
    static Content read(String source, String text) {
        Node root = Document.parse(source, text);
        root.allowOnly("sources", "namespaces");
        CatalogueReader reader = new CatalogueReader();
        root.required("sources").items().forEach(reader::readSource);
        reader.checkCompanions();
        return new Content(
                List.copyOf(reader.metrics.values()),
                root.required("namespaces").items().stream()
                        .map(CatalogueReader::namespace)
                        .toList());
    }

    private static Namespace namespace(Node node) {
        node.allowOnly("namespace", "of", "dimensions", "region");
        return new Namespace(
                node.required("namespace").text(),
                kind(node.required("of")),
                texts(node.required("dimensions")),
                node.optional("region").map(Node::text));
    }

    private void readSource(Node source) {
        source.allowOnly("namespace", "period", "delay", "region", "switch-on", "published-by", "metrics");
        source.optional("published-by").ifPresent(node -> node.oneOf(List.of(INJECTOR)));
        for (Node metric : source.required("metrics").items()) {
            readMetric(source, metric);
        }
    }

    private void readMetric(Node source, Node metric) {
        metric.allowOnly(
                "name",
                "of",
                "metric",
                "dimensions",
                "statistic",
                "unit",
                "absence",
                "when",
                "period",
                "switch-on",
                "always");
        Node of = metric.required("of");
        List<ResourceKind> kinds =
                of.isList() ? of.items().stream().map(CatalogueReader::kind).toList() : List.of(kind(of));
        Node name = metric.required("name");
        if (name.text().contains(ANY_KIND) != (kinds.size() > 1)) {
            throw name.error("must hold '*' exactly if the metric is of several kinds");
        }
        for (ResourceKind kind : kinds) {
            add(metric, define(source, metric, kind));
        }
    }

    private static MetricDefinition define(Node source, Node metric, ResourceKind kind) {
        PublishedUnit unit = metric.optional("unit").map(PublishedUnit::of).orElse(PublishedUnit.COUNT);
        MetricSource published = published(source, metric, unit);
        return new MetricDefinition(
                metric.required("name").text().replace(ANY_KIND, kind.word()),
                kind,
                unit.unit(),
                metric.optional("absence")
                        .map(node -> AbsenceForm.read(node, kind.word()))
                        .orElse(new Absence.Dense()),
                first(metric, source, "switch-on").map(Node::text),
                metric.optional("always").map(Node::flag).orElse(false),
                List.of(published));
    }

    private static MetricSource published(Node source, Node metric, PublishedUnit unit) {
        try {
            return new MetricSource(
                    metric.optional("when").map(CatalogueReader::condition),
                    source.required("namespace").text(),
                    metric.required("metric").text(),
                    texts(metric.required("dimensions")),
                    metric.required("statistic").text(),
                    unit.factor(),
                    first(metric, source, "period").map(Node::duration).orElse(USUAL_PERIOD),
                    source.optional("delay").map(Node::duration).orElse(USUAL_DELAY),
                    source.optional("region").map(Node::text),
                    source.optional("published-by").isPresent());
        } catch (IllegalArgumentException e) {
            throw metric.error(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Node> first(Node metric, Node source, String key) {
        return metric.optional(key).or(() -> source.optional(key));
    }

    /** A second line of a name is its next source; but for that it must say the same. */
    private void add(Node place, MetricDefinition metric) {
        MetricDefinition known = metrics.get(metric.name());
        lines.put(place, metric);
        if (known == null) {
            metrics.put(metric.name(), metric);
            return;
        }
        if (known.sources().get(known.sources().size() - 1).when().isEmpty()) {
            throw place.required("name").error("stands here twice, and nothing says when which of them is meant");
        }
        if (known.kind() != metric.kind()
                || known.unit() != metric.unit()
                || !known.absence().equals(metric.absence())) {
            throw place.required("name").error("has a source of another kind, unit or absence");
        }
        List<MetricSource> sources = new ArrayList<>(known.sources());
        sources.addAll(metric.sources());
        metrics.put(
                metric.name(),
                new MetricDefinition(
                        known.name(),
                        known.kind(),
                        known.unit(),
                        known.absence(),
                        known.switchOn(),
                        known.always(),
                        sources));
    }

    private void checkCompanions() {
        lines.forEach((line, metric) -> {
            if (metric.absence() instanceof Absence.Sparse sparse && !provesLife(sparse.companion(), metric.kind())) {
                throw line.required("absence")
                        .error("must be with a dense metric of kind '"
                                + metric.kind().word() + "'");
            }
        });
    }

    private boolean provesLife(String companion, ResourceKind kind) {
        return Optional.ofNullable(metrics.get(companion))
                .filter(metric -> metric.kind() == kind && metric.absence() instanceof Absence.Dense)
                .isPresent();
    }

    private static FactCondition condition(Node node) {
        return FactCondition.parse(node.text())
                .orElseThrow(() -> node.error("must be such as 'engine=mysql', 'engine!=aurora*'"));
    }

    private static ResourceKind kind(Node node) {
        String word = node.oneOf(
                Arrays.stream(ResourceKind.values()).map(ResourceKind::word).toList());
        return ResourceKind.of(word).orElseThrow();
    }

    private static List<String> texts(Node node) {
        return node.items().stream().map(Node::text).toList();
    }
}
