package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.binding.Pressures;
import io.plimsoll.assertions.slo.Missing;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import java.util.List;
import java.util.stream.Stream;

/** The metrics that a stage's SLOs name, and those that prove their sources alive: what must be gathered for them. */
final class SloMetrics {
    private SloMetrics() {}

    /** Each once, in the order of the claims. */
    static List<MetricDefinition> of(Stage stage) {
        return stage.claims().stream()
                .flatMap(claim -> claim.slos().stream())
                .flatMap(SloMetrics::of)
                .distinct()
                .toList();
    }

    /** The same, and those that tell how close a resource is to its limit. */
    static List<MetricDefinition> andOfLimits(Stage stage) {
        return Stream.concat(
                        of(stage).stream(),
                        MetricCatalogue.all().stream().filter(metric -> Pressures.tells(metric.name())))
                .distinct()
                .toList();
    }

    static Stream<MetricDefinition> of(Slo slo) {
        Stream<MetricDefinition> companions = slo.options().missing() instanceof Missing.ZeroWith zero
                ? MetricCatalogue.named(zero.companion()).stream()
                : Stream.empty();
        return Stream.concat(slo.metrics(), companions).flatMap(SloMetrics::withCompanion);
    }

    private static Stream<MetricDefinition> withCompanion(MetricDefinition metric) {
        return metric.absence() instanceof Absence.Sparse sparse
                ? Stream.concat(Stream.of(metric), MetricCatalogue.named(sparse.companion()).stream())
                : Stream.of(metric);
    }
}
