package io.plimsoll.assertions.binding;

import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The steps of a timeline.
 *
 * @param start of the first
 * @param step length of each, ≥ 1 s
 * @param steps how many, ≥ 1
 */
public record Grid(Instant start, Duration step, int steps) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    public Grid {
        if (step.compareTo(SECOND) < 0 || steps < 1) {
            throw new IllegalArgumentException(
                    "timeline: a step must be at least 1 s and there must be one, were " + step + " and " + steps);
        }
    }

    /** Steps that cover a window; the last may reach beyond it. */
    public static Grid over(TimeWindow window, Duration step) {
        Duration length = step.compareTo(SECOND) < 0 ? SECOND : step;
        long steps = Math.max(1, -Math.floorDiv(-window.length().toMillis(), length.toMillis()));
        return new Grid(window.start(), length, Math.toIntExact(steps));
    }

    TimeWindow window(int index) {
        Instant from = start.plus(step.multipliedBy(index));
        return new TimeWindow(from, from.plus(step));
    }

    static List<Double> boxed(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    static double[] unboxed(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double seconds() {
        return step.toMillis() / 1000.0;
    }

    /** A series' value at each step: of the period that the step's middle lies in; NaN where there is none. */
    double[] values(Series series) {
        double[] values = new double[steps];
        Arrays.fill(values, Double.NaN);
        Duration half = step.dividedBy(2);
        series.samples().forEach(sample -> {
            long from = stepWithMiddleFrom(sample.start().minus(half));
            long to = stepWithMiddleFrom(sample.start().plus(series.period()).minus(half));
            for (long index = Math.max(0, from); index < Math.min(steps, to); index++) {
                values[(int) index] = sample.value();
            }
        });
        return values;
    }

    private long stepWithMiddleFrom(Instant earliest) {
        return -Math.floorDiv(-Duration.between(start, earliest).toMillis(), step.toMillis());
    }
}
