package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.Subject;
import java.util.List;
import java.util.Optional;

/**
 * The number that an expression came to.
 *
 * @param value canonical; NaN if there is none
 * @param samples datapoints it rests on, implied zeros included
 * @param unknown what was not measured; empty if all was
 * @param broken what a sentinel said; empty if there was none
 */
record Evaluation(double value, long samples, Optional<String> unknown, Optional<String> broken) {
    static Evaluation nothing(String why) {
        return new Evaluation(Double.NaN, 0, Optional.of(why), Optional.empty());
    }

    static Evaluation of(
            Subject.Aggregate aggregate, List<Double> values, Optional<String> unknown, Optional<String> broken) {
        return new Evaluation(aggregate(aggregate, values), values.size(), unknown, broken);
    }

    private static double aggregate(Subject.Aggregate aggregate, List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        var stream = values.stream().mapToDouble(Double::doubleValue);
        return switch (aggregate) {
            case MAX -> stream.max().orElseThrow();
            case MIN -> stream.min().orElseThrow();
            case MEAN -> stream.average().orElseThrow();
            case SUM -> stream.sum();
            case LAST -> values.get(values.size() - 1);
        };
    }

    static Evaluation combine(Evaluation left, Subject.Arithmetic arithmetic, Evaluation right) {
        double percent = arithmetic.operator() == '/' && arithmetic.dimension() == Dimension.RATIO ? 100 : 1;
        double value = switch (arithmetic.operator()) {
            case '+' -> left.value + right.value;
            case '-' -> left.value - right.value;
            case '*' -> left.value * right.value;
            default -> percent * left.value / right.value;
        };
        return new Evaluation(
                value,
                left.samples + right.samples,
                left.unknown.or(() -> right.unknown),
                left.broken.or(() -> right.broken));
    }
}
