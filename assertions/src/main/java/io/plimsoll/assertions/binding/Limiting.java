package io.plimsoll.assertions.binding;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks a run's evidence what limited its stack. */
public final class Limiting {
    private final ClientRecord client;
    private final List<Series> series;
    private final Topology topology;
    private final Grid grid;
    private final Instant judgedFrom;
    /** By limit; it takes a look at every request. */
    private final Map<Double, Breach> breaches = new HashMap<>();

    /**
     * A question about one stretch of time.
     *
     * @param window with some load before the breach, so that the order can be seen
     * @param judgedFrom what was slow before, such as in a warm-up, is no breach
     */
    public Limiting(
            ClientRecord client, List<Series> series, Topology topology, TimeWindow window, Instant judgedFrom) {
        this.client = client;
        this.series = List.copyOf(series);
        this.topology = topology;
        this.grid = Grid.over(window, Pressures.step(series));
        this.judgedFrom = judgedFrom;
    }

    /** What kept response times (95th percentile) within no such limit, or errors not below 1 %; empty if unattributed. */
    public Optional<SaturationOrder.Cause> ofClient(double limitMillis) {
        return find(breachOfClient(limitMillis));
    }

    /** What let copies become older than that; empty if unattributed. */
    public Optional<SaturationOrder.Cause> ofCopies(String metric, double limitSeconds) {
        List<Series> told =
                series.stream().filter(one -> one.name().equals(metric)).toList();
        return find(Breach.ofCopies(metric, told, grid, limitSeconds));
    }

    /** Where time was lost that no resource explains, in a sentence; empty if no load balancer told. */
    public Optional<String> lostTime(double limitMillis) {
        return LostTime.of(series, grid, breachOfClient(limitMillis).since(judgedFrom, grid));
    }

    private Breach breachOfClient(double limitMillis) {
        return breaches.computeIfAbsent(limitMillis, limit -> Breach.ofClient(client, grid, limit));
    }

    private Optional<SaturationOrder.Cause> find(Breach whole) {
        Breach breach = whole.since(judgedFrom, grid);
        return SaturationOrder.find(Pressures.of(series, topology, grid), served(client, grid), breach, grid);
    }

    /** OK responses a second, by when they were answered: a queue that grows takes more than it serves. */
    static double[] served(ClientRecord client, Grid grid) {
        double[] served = new double[grid.steps()];
        long millis = grid.step().toMillis();
        for (int step = 0; step < served.length; step++) {
            var times = client.responseTimes(Set.of(), EnumSet.of(RequestOutcome.OK), grid.window(step));
            for (var time : times.recordedValues()) {
                long answered = step + (millis / 2 + time.getValueIteratedTo()) / millis;
                if (answered < served.length) {
                    served[(int) answered] += time.getCountAddedInThisIterationStep() / grid.seconds();
                }
            }
        }
        return served;
    }

    /** The answer as evidence keeps it. */
    public static CapacityResult.Binding binding(SaturationOrder.Cause cause) {
        return new CapacityResult.Binding(
                cause.pressure().kind(),
                cause.pressure().resource(),
                cause.pressure().metric(),
                cause.reason());
    }
}
