package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Bound;
import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Expression;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.observation.TimeWindow;
import java.util.Optional;

/** Whether an SLO holds for a short stretch by its plain value, without regard to what that is a sample of. */
final class Holding {
    private Holding() {}

    /**
     * Whether it holds, whatever is missing. If every response failed, no response time holds.
     *
     * @return empty if that is not known
     */
    static Optional<Boolean> at(Meter meter, Slo slo, TimeWindow stretch, Meter.Terms terms) {
        Expression expression = (Expression) slo.subject();
        Estimate seen = meter.measure(expression, stretch, terms);
        if (seen.broken().isPresent()) {
            return Optional.of(false);
        }
        if (!seen.isKnown()) {
            boolean allFailed =
                    expression.clientMeasures().anyMatch(one -> meter.client().sentAny(one, stretch));
            return allFailed ? Optional.of(false) : Optional.empty();
        }
        Comparison comparison = slo.comparison();
        double limit = number(slo);
        if (seen.unknown().isEmpty()) {
            return Optional.of(comparison.holds(seen.value(), limit));
        }
        boolean holds = comparison.holds(seen.lower(), limit);
        return holds == comparison.holds(seen.upper(), limit) ? Optional.of(holds) : Optional.empty();
    }

    /** The loosest of its plain numbers. */
    private static double number(Slo slo) {
        return slo.limit().bounds().stream()
                .map(bound -> ((Bound.Absolute) bound).amount().canonical())
                .reduce((a, b) -> slo.comparison().boundsAbove() ? Math.max(a, b) : Math.min(a, b))
                .orElseThrow();
    }
}
