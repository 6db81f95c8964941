package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Expression;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Arithmetic of numbers that are known within bounds: the result holds whatever the truth within them is. */
final class Intervals {
    private Intervals() {}

    static Estimate combine(Estimate left, Expression.Arithmetic arithmetic, Estimate right) {
        double percent = arithmetic.operator() == '/' && arithmetic.dimension() == Dimension.RATIO ? 100 : 1;
        boolean constant = arithmetic.right() instanceof Expression.Constant;
        double factor = constant ? 1 : percent;
        double value = apply(arithmetic.operator(), left.value(), right.value()) * factor;
        double[] corners = corners(arithmetic.operator(), left, right);
        return new Estimate(
                value,
                DoubleStream.of(corners).min().orElseThrow() * factor,
                DoubleStream.of(corners).max().orElseThrow() * factor,
                left.samples() + right.samples(),
                Stream.of(left.basis(), right.basis())
                        .filter(basis -> !basis.isEmpty())
                        .reduce((a, b) -> a.equals(b) ? a : a + ", " + b)
                        .orElse(""),
                left.unknown().or(right::unknown),
                left.broken().or(right::broken),
                left.inferred() || right.inferred());
    }

    private static double[] corners(char operator, Estimate left, Estimate right) {
        boolean throughZero = operator == '/' && right.lower() <= 0 && right.upper() >= 0;
        if (throughZero && right.lower() < right.upper()) {
            // A divisor near zero makes the quotient as large as one likes; one that is never negative keeps its sign.
            boolean positive = right.lower() == 0 && left.lower() >= 0 && right.upper() > 0;
            return new double[] {
                positive ? finite(left.lower() / right.upper()) : Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY
            };
        }
        double[] corners = {
            apply(operator, left.lower(), right.lower()),
            apply(operator, left.lower(), right.upper()),
            apply(operator, left.upper(), right.lower()),
            apply(operator, left.upper(), right.upper())
        };
        boolean undefined = DoubleStream.of(corners).anyMatch(Double::isNaN);
        return undefined ? new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY} : corners;
    }

    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static double apply(char operator, double left, double right) {
        return switch (operator) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            default -> left / right;
        };
    }
}
