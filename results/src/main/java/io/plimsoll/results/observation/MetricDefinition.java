package io.plimsoll.results.observation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One metric that an SLO can name.
 *
 * @param name the words of the SLO language, such as {@code replica lag}
 * @param kind what it is measured of
 * @param unit the unit of samples in the evidence, whatever the source publishes
 * @param absence what a missing datapoint means
 * @param switchOn what a person must do before it is published; empty if it always is
 * @param always whether it is gathered in every run; the others only if something names them, since each is billed
 * @param sources where it is published, at least one; of each resource that counts whose condition holds first
 */
public record MetricDefinition(
        String name,
        ResourceKind kind,
        Unit unit,
        Absence absence,
        Optional<String> switchOn,
        boolean always,
        List<MetricSource> sources) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration USUAL_DELAY = Duration.ofMinutes(3);

    public MetricDefinition {
        sources = List.copyOf(sources);
        if (name.isBlank()) {
            throw new IllegalArgumentException("metric: name must not be blank");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(name + ": must have a source");
        }
    }

    /** A metric that is published every minute, unconditionally, in one place, and always gathered. */
    public MetricDefinition(
            String name,
            ResourceKind kind,
            String namespace,
            String metric,
            List<String> dimensions,
            String statistic,
            Unit unit,
            double toUnit,
            Absence absence) {
        this(
                name,
                kind,
                unit,
                absence,
                Optional.empty(),
                true,
                List.of(new MetricSource(
                        Optional.empty(),
                        namespace,
                        metric,
                        dimensions,
                        statistic,
                        toUnit,
                        MINUTE,
                        USUAL_DELAY,
                        Optional.empty(),
                        false)));
    }

    /** Where this metric of a resource is published; empty if it is not published of it. */
    public Optional<MetricSource> sourceFor(Resource resource) {
        return sources.stream()
                .filter(source -> source.when()
                        .map(condition -> condition.holds(resource))
                        .orElse(true))
                .findFirst();
    }

    /** Whether the run measures it itself. */
    public boolean fromInjector() {
        return first().fromInjector();
    }

    /** CloudWatch namespace of the first source. */
    public String namespace() {
        return first().namespace();
    }

    /** CloudWatch metric name of the first source. */
    public String metric() {
        return first().metric();
    }

    /** Dimension set of the first source. */
    public List<String> dimensions() {
        return first().dimensions();
    }

    /** Statistic of the first source. */
    public String statistic() {
        return first().statistic();
    }

    /** Factor to the unit of the first source. */
    public double toUnit() {
        return first().toUnit();
    }

    private MetricSource first() {
        return sources.get(0);
    }
}
