package io.plimsoll.results.observation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The metrics that have a name in the SLO language: those of AWS's services with the dimension sets AWS publishes, and
 * what hosts, databases and the run's own probes measure. They are data, in {@code metrics.yaml} beside this class, which
 * explains its keys and names its sources.
 *
 * <p>Every other metric of CloudWatch can be named by {@link #cloudWatch}.
 */
public final class MetricCatalogue {
    private static final String FILE = "metrics.yaml";
    private static final CatalogueReader.Content CONTENT = read();
    private static final MetricVocabulary METRICS = MetricVocabulary.of(CONTENT.metrics());

    private MetricCatalogue() {}

    /** Every catalogued metric, in a fixed order. */
    public static List<MetricDefinition> all() {
        return METRICS.all();
    }

    /** The metric of that name; empty if the catalogue has none. */
    public static Optional<MetricDefinition> named(String name) {
        return METRICS.named(name);
    }

    /**
     * Any metric of CloudWatch, by CloudWatch's own words.
     *
     * <p>Its kind and dimension set are those of the namespace's resources. Of a namespace that is not known, the kind is
     * {@link ResourceKind#METRIC} and ListMetrics tells the dimension sets. Its unit is a plain number as published,
     * every datapoint is expected, and its name is {@code cloudwatch "AWS/EC2" "StatusCheckFailed" Maximum}.
     *
     * @param namespace such as {@code AWS/EC2}
     * @param metric such as {@code StatusCheckFailed}
     * @param statistic such as {@code Maximum} or {@code p95}
     */
    public static MetricDefinition cloudWatch(String namespace, String metric, String statistic) {
        String name = String.format(Locale.ROOT, "cloudwatch \"%s\" \"%s\" %s", namespace, metric, statistic);
        return CONTENT.namespaces().stream()
                .filter(known -> known.namespace().equals(namespace))
                .findFirst()
                .orElseGet(() -> CatalogueReader.Namespace.unknown(namespace))
                .metric(name, metric, statistic);
    }

    private static CatalogueReader.Content read() {
        try (InputStream stream = MetricCatalogue.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return CatalogueReader.read(FILE, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
