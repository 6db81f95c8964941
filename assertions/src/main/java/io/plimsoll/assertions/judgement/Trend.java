package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Dimension;
import io.plimsoll.assertions.slo.SloParser;
import io.plimsoll.assertions.statistics.ChangePoints;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a number moved from run to run of the same stage, environment and load profile, and where it changed for good.
 *
 * @param group stage, environment and profile
 * @param what the subject and window, or the percentile of a request
 * @param points one for each run that has it, in order of time
 * @param changes where it changed, by {@link ChangePoints}
 */
public record Trend(String group, String what, List<Point> points, List<Step> changes) {
    /** With fewer runs no change can be significant. */
    public static final int LEAST_RUNS = 8;

    private static final int SHORTEST_SEGMENT = 2;

    public Trend {
        points = List.copyOf(points);
        changes = List.copyOf(changes);
    }

    /**
     * One run's number.
     *
     * @param runId the run
     * @param value canonical
     * @param text with its unit
     */
    public record Point(String runId, double value, String text) {}

    /**
     * One change.
     *
     * @param index of the first point after it
     * @param text such as {@code from 104 ms to 131 ms with run-7 (p = 0.002)}
     */
    public record Step(int index, String text) {}

    /** The trends of all runs that can be relied on, by group and then by what is measured. */
    public static List<Trend> of(List<Figures> runs) {
        SortedMap<String, SortedMap<String, List<Point>>> series = new TreeMap<>();
        for (Figures run : runs) {
            if (run.outcome() != Outcome.INVALID) {
                String group =
                        "stage " + run.stage() + ", environment " + run.environment() + ", profile " + run.profile();
                numbers(run)
                        .forEach((what, value) -> series.computeIfAbsent(group, key -> new TreeMap<>())
                                .computeIfAbsent(what, key -> new ArrayList<>())
                                .add(new Point(run.runId(), value, Values.print(value, dimension(what)))));
            }
        }
        List<Trend> trends = new ArrayList<>();
        series.forEach((group, byName) ->
                byName.forEach((what, points) -> trends.add(new Trend(group, what, points, changes(what, points)))));
        return trends;
    }

    private static Map<String, Double> numbers(Figures run) {
        Map<String, Double> numbers = new TreeMap<>(run.values());
        for (Figures.OfRequest request : run.requests()) {
            String of = "(" + request.name() + ") during " + run.window();
            request.p50Millis().ifPresent(millis -> numbers.putIfAbsent("p50" + of, millis / 1000));
            request.p95Millis().ifPresent(millis -> numbers.putIfAbsent("p95" + of, millis / 1000));
            request.p99Millis().ifPresent(millis -> numbers.putIfAbsent("p99" + of, millis / 1000));
        }
        return numbers;
    }

    private static Dimension dimension(String what) {
        return SloParser.dimension(what).orElse(Dimension.COUNT);
    }

    private static List<Step> changes(String what, List<Point> points) {
        if (points.size() < LEAST_RUNS) {
            return List.of();
        }
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        Dimension dimension = dimension(what);
        return ChangePoints.of(values, SHORTEST_SEGMENT, Seed.of(what)).stream()
                .map(change -> new Step(
                        change.index(),
                        "from " + Values.print(change.before(), dimension) + " to "
                                + Values.print(change.after(), dimension) + " with "
                                + points.get(change.index()).runId() + " (p = " + Values.number(change.probability())
                                + ")"))
                .toList();
    }
}
