package io.plimsoll.assertions.binding;

import io.plimsoll.results.observation.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Between which load balancers time was lost in a breach: their targets answered slowly behind one and quickly behind another.
 * It narrows down what no resource explains, such as a slow network, and names nothing.
 */
final class LostTime {
    private static final String RESPONSE_TIME = "target response time";
    private static final double MILLIS = 1000;

    private LostTime() {}

    /** In a sentence; empty if no load balancer told, or the breach is not one of response times. */
    static Optional<String> of(List<Series> series, Grid grid, Breach breach) {
        List<String> slow = new ArrayList<>();
        List<String> quick = new ArrayList<>();
        for (Series one : series) {
            if (one.name().equals(RESPONSE_TIME) && !breach.ofCopies()) {
                double[] values = grid.values(one);
                double[] meanwhile = IntStream.range(0, grid.steps())
                        .filter(breach::at)
                        .mapToDouble(step -> values[step])
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .toArray();
                if (meanwhile.length > 0) {
                    double median = meanwhile[meanwhile.length / 2] * MILLIS;
                    (median >= breach.limit() / 2 ? slow : quick)
                            .add(String.format(Locale.ROOT, "%s (p95 %.0f ms)", one.resource(), median));
                }
            }
        }
        if (slow.isEmpty() && quick.isEmpty()) {
            return Optional.empty();
        }
        String where = slow.isEmpty()
                ? "Time is lost before the load balancer " + String.join(", ", quick)
                : "Time is lost behind the load balancer " + String.join(", ", slow)
                        + (quick.isEmpty() ? "" : " and not behind " + String.join(", ", quick));
        return Optional.of(where + ": a network, or a wait that no metric shows");
    }
}
