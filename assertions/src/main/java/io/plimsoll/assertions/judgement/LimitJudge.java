package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Amount;
import io.plimsoll.assertions.slo.Bound;
import io.plimsoll.assertions.slo.Comparison;
import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Limit;
import io.plimsoll.assertions.slo.Reference;
import io.plimsoll.results.verdict.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what was measured with a limit. A bound holds if it holds for everything that the measured value may be and for
 * everything that its reference may be; it is broken if it holds for none of them.
 */
final class LimitJudge {
    private final Dimension dimension;
    private final Comparison comparison;
    private final References references;
    private final double scale;

    /** Measures what a bound is relative to. */
    interface References {
        Estimate measure(Reference reference);
    }

    /**
     * A judge of one subject's limits.
     *
     * @param scale what amounts with a unit of their own are multiplied by: an environment's time scale for times between
     *     marks, else 1
     */
    LimitJudge(Dimension dimension, Comparison comparison, References references, double scale) {
        this.dimension = dimension;
        this.comparison = comparison;
        this.references = references;
        this.scale = scale;
    }

    /**
     * How a value stands to a limit.
     *
     * @param outcome PASS, FAIL or INCONCLUSIVE
     * @param described the limit for reasons, with the numbers that relative bounds came to
     * @param number the number nearest to a plain limit, for printing the value on the right side of it; NaN if none
     * @param why what the bounds say about themselves: what the reference rests on, or why it is not known
     */
    record Judged(Outcome outcome, String described, double number, List<String> why) {}

    /** Values from which on a comparison holds: known within bounds, as references are. */
    private record Threshold(Comparison comparison, double lower, double upper) {
        boolean holds(Estimate seen) {
            return comparison.boundsAbove()
                    ? comparison.holds(seen.upper(), lower)
                    : comparison.holds(seen.lower(), upper);
        }

        boolean isBroken(Estimate seen) {
            return comparison.boundsAbove()
                    ? !comparison.holds(seen.lower(), upper)
                    : !comparison.holds(seen.upper(), lower);
        }
    }

    Judged judge(Limit limit, Estimate seen) {
        List<String> texts = new ArrayList<>();
        List<String> why = new ArrayList<>();
        Outcome best = Outcome.FAIL;
        double number = Double.NaN;
        for (Bound bound : limit.bounds()) {
            Optional<Estimate> reference = bound.reference().map(references::measure);
            Outcome outcome = judge(bound, reference, seen);
            best = better(best, outcome);
            double at = number(bound, reference);
            number = Double.isNaN(number) ? at : number;
            texts.add(bound + equal(bound, at));
            reference.ifPresent(one -> why.add(bound.reference().orElseThrow() + ": "
                    + one.unknown()
                            .map(unknown -> unknown + (one.isKnown() ? ", " + one.basis() : ""))
                            .orElse(Values.print(one.value(), dimension) + ", " + one.basis())));
        }
        return new Judged(best, String.join(" or ", texts), number, why);
    }

    private Outcome judge(Bound bound, Optional<Estimate> reference, Estimate seen) {
        if (bound instanceof Bound.NoBaseline) {
            Estimate baseline = references.measure(new Reference.Baseline());
            return baseline.unknown().filter(Baselines.NONE_YET::equals).isPresent() ? Outcome.PASS : Outcome.FAIL;
        }
        List<Threshold> thresholds = thresholds(bound, reference);
        if (thresholds.stream().anyMatch(threshold -> threshold.isBroken(seen))) {
            return Outcome.FAIL;
        }
        return thresholds.stream().allMatch(threshold -> threshold.holds(seen)) ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    private static Outcome better(Outcome a, Outcome b) {
        if (a == Outcome.PASS || b == Outcome.PASS) {
            return Outcome.PASS;
        }
        return a == Outcome.INCONCLUSIVE || b == Outcome.INCONCLUSIVE ? Outcome.INCONCLUSIVE : Outcome.FAIL;
    }

    private List<Threshold> thresholds(Bound bound, Optional<Estimate> reference) {
        if (bound instanceof Bound.Absolute absolute) {
            double at = scale * absolute.amount().canonical();
            return List.of(new Threshold(comparison, at, at));
        }
        Estimate to = reference.orElseThrow();
        if (bound instanceof Bound.ShareOf share) {
            double factor = share.percent().doubleValue() / 100;
            return List.of(new Threshold(comparison, product(factor, to.lower()), product(factor, to.upper())));
        }
        Bound.Distance distance = (Bound.Distance) bound;
        Threshold above =
                new Threshold(comparison, at(distance.amount(), to.lower(), 1), at(distance.amount(), to.upper(), 1));
        Threshold below = new Threshold(
                comparison.mirrored(), at(distance.amount(), to.lower(), -1), at(distance.amount(), to.upper(), -1));
        return switch (distance.direction()) {
            case ABOVE -> List.of(above);
            case BELOW -> List.of(below);
            case OFF -> List.of(above, below);
        };
    }

    /** Where a distance from a reference ends. */
    private double at(Amount amount, double reference, int sign) {
        return amount.unit() == Amount.Unit.PERCENT
                ? product(1 + sign * amount.number().doubleValue() / 100, reference)
                : rounded(reference + sign * scale * amount.canonical());
    }

    private static double product(double factor, double value) {
        return factor == 0 ? 0 : rounded(factor * value);
    }

    /** To 12 digits, so that 110 % of 100 ms is 110 ms and not the next binary fraction. */
    private static double rounded(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(new MathContext(12)).doubleValue()
                : value;
    }

    /** The number that a bound comes to, as far as it is one. */
    private double number(Bound bound, Optional<Estimate> reference) {
        if (bound instanceof Bound.Absolute absolute) {
            return scale * absolute.amount().canonical();
        }
        if (reference.filter(Estimate::isKnown).isEmpty()) {
            return Double.NaN;
        }
        double value = reference.get().value();
        if (bound instanceof Bound.ShareOf share) {
            return product(share.percent().doubleValue() / 100, value);
        }
        Bound.Distance distance = (Bound.Distance) bound;
        return at(distance.amount(), value, distance.direction() == Bound.Direction.BELOW ? -1 : 1);
    }

    private String equal(Bound bound, double number) {
        if (Double.isNaN(number) || (bound.reference().isEmpty() && scale == 1)) {
            return "";
        }
        if (bound.reference().isEmpty()) {
            return " × " + Values.number(scale) + " = " + Values.print(number, dimension);
        }
        if (bound instanceof Bound.Distance distance && distance.direction() == Bound.Direction.OFF) {
            return " = " + Values.print(opposite(distance, number), dimension) + " to "
                    + Values.print(number, dimension);
        }
        return " = " + Values.print(number, dimension);
    }

    /** The lower end of a distance to either side, from its upper end. */
    private double opposite(Bound.Distance distance, double upper) {
        double share = distance.amount().number().doubleValue() / 100;
        return distance.amount().unit() == Amount.Unit.PERCENT
                ? upper / (1 + share) * (1 - share)
                : upper - 2 * scale * distance.amount().canonical();
    }
}
