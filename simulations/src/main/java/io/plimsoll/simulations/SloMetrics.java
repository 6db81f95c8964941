package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.Subject;
import io.plimsoll.results.observation.MetricDefinition;
import java.util.List;
import java.util.stream.Stream;

/** The metrics that a stage's SLOs name: what must be gathered so that they can be judged. */
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

    private static Stream<MetricDefinition> of(Slo slo) {
        if (slo.subject() instanceof Subject.Expression expression) {
            return expression.metrics();
        }
        if (slo.subject() instanceof Subject.TimeBetween time
                && time.to() instanceof Subject.Mark.Recovered recovered) {
            return of(recovered.slo());
        }
        return Stream.empty();
    }
}
