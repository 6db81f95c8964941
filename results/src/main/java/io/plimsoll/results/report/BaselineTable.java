package io.plimsoll.results.report;

import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each figure of the run came to in the runs it is compared with. */
final class BaselineTable {
    /** Where a run keeps its baseline, below {@code inputs/}. */
    static final String INPUT = "baseline.json";

    private static final String NONE = "This run was compared with no earlier run: none of its stage, environment and"
            + " profile had passed when it began.";

    private BaselineTable() {}

    static Table of(Attachments attachments) {
        List<Figures> passes = attachments.baseline().map(Baseline::passes).orElse(List.of());
        List<List<String>> rows = new ArrayList<>();
        attachments
                .figures()
                .ifPresent(now -> values(now)
                        .forEach((name, value) -> row(name, value, passes).ifPresent(rows::add)));
        return new Table(
                "This run against the median of " + passes.size()
                        + (passes.size() == 1 ? " earlier pass" : " earlier passes")
                        + "; seconds, percent, per second or a plain number, as the figure is",
                List.of("Figure", "Baseline", "This run", "Change"),
                List.of(1, 2, 3),
                rows,
                NONE);
    }

    /** Every figure by name: what the SLOs are about, then the requests. */
    private static SortedMap<String, Double> values(Figures figures) {
        SortedMap<String, Double> values = new TreeMap<>(figures.values());
        for (Figures.OfRequest request : figures.requests()) {
            String of = " of " + request.name() + ", " + figures.window();
            request.p50Millis().ifPresent(millis -> values.put("p50" + of, millis / 1000));
            request.p95Millis().ifPresent(millis -> values.put("p95" + of, millis / 1000));
            request.p99Millis().ifPresent(millis -> values.put("p99" + of, millis / 1000));
            values.put("errors" + of, request.errorPercent());
        }
        return values;
    }

    private static Optional<List<String>> row(String name, double now, List<Figures> passes) {
        List<Double> earlier = passes.stream()
                .flatMap(pass -> Optional.ofNullable(values(pass).get(name)).stream())
                .sorted()
                .toList();
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        double median = (earlier.get((earlier.size() - 1) / 2) + earlier.get(earlier.size() / 2)) / 2;
        return Optional.of(List.of(
                name,
                io.plimsoll.results.report.Figures.number(median),
                io.plimsoll.results.report.Figures.number(now),
                change(median, now)));
    }

    private static String change(double from, double to) {
        if (from == to) {
            return "none";
        }
        if (from == 0) {
            return "from 0";
        }
        double ratio = to / from - 1;
        return (ratio > 0 ? "+" : "−") + io.plimsoll.results.report.Figures.percent(Math.abs(ratio));
    }
}
