package io.plimsoll.assertions.binding;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What must not rise, and what it rose to.
 *
 * @param what it is, in words
 * @param limit at or beyond it the run is in breach
 * @param value for each step; NaN where nothing is known
 * @param ofCopies whether it is about how old copies are, which a lagging replica explains; else about being served
 */
public record Breach(String what, double limit, List<Double> value, boolean ofCopies) {
    /** A step with more errors than this is in breach whatever its response times. */
    static final double MOST_ERRORS = 0.01;

    private static final double PERCENTILE = 95;

    public Breach {
        value = List.copyOf(value);
    }

    /** Response times of OK responses at the 95th percentile in milliseconds; errors beyond 1 % count as twice the limit. */
    public static Breach ofClient(ClientRecord client, Grid grid, double limitMillis) {
        double[] value = new double[grid.steps()];
        for (int step = 0; step < value.length; step++) {
            TimeWindow window = grid.window(step);
            long errors = client.count(Set.of(), EnumSet.of(RequestOutcome.KO), window);
            var times = client.responseTimes(Set.of(), EnumSet.of(RequestOutcome.OK), window);
            long all = errors + times.getTotalCount();
            double p95 = times.getTotalCount() == 0 ? 0 : times.getValueAtPercentile(PERCENTILE);
            value[step] = all == 0
                    ? Double.NaN
                    : errors > MOST_ERRORS * all ? Math.max(p95, limitMillis * 2 * (1 + (double) errors / all)) : p95;
        }
        return new Breach("response times and errors", limitMillis, Grid.boxed(value), false);
    }

    /** The highest value of some series, such as how stale replicas are. */
    public static Breach ofCopies(String what, List<Series> series, Grid grid, double limit) {
        double[] value = new double[grid.steps()];
        java.util.Arrays.fill(value, Double.NaN);
        for (Series one : series) {
            double[] values = grid.values(one);
            for (int step = 0; step < value.length; step++) {
                value[step] = Double.isNaN(value[step])
                        ? values[step]
                        : Double.isNaN(values[step]) ? value[step] : Math.max(value[step], values[step]);
            }
        }
        return new Breach(what, limit, Grid.boxed(value), true);
    }

    /** The same with nothing known before a moment, as nothing before it is judged. */
    Breach since(Instant moment, Grid grid) {
        double[] values = Grid.unboxed(value);
        for (int step = 0; step < values.length && grid.window(step).start().isBefore(moment); step++) {
            values[step] = Double.NaN;
        }
        return new Breach(what, limit, Grid.boxed(values), ofCopies);
    }

    boolean at(int step) {
        return value.get(step) >= limit;
    }
}
