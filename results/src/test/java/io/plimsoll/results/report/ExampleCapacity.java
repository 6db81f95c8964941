package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.capacity.WhatLimits;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A made-up capacity search on {@link ExampleRun}'s stack, with files and a baseline. */
final class ExampleCapacity {
    private ExampleCapacity() {}

    static Attachments attached() {
        Baseline baseline = new Baseline(3, List.of(figures(0.010), figures(0.080), figures(0.012)));
        return new Attachments(
                Optional.of(result()),
                Optional.of(new WhatLimits("p95(read) <= 500 ms", result().binding(), Optional.empty())),
                new TreeMap<>(Map.of(
                        "environments/local.yaml", "name: local\n  note: <script>alert(1)</script>\n",
                        "baseline.json", "{}")),
                Optional.of(figures(0.006)),
                Optional.of(baseline),
                List.of());
    }

    private static io.plimsoll.results.verdict.Figures figures(double p95) {
        return new io.plimsoll.results.verdict.Figures(
                io.plimsoll.results.verdict.Figures.FORMAT,
                "r",
                ExampleRun.START,
                "auto-scaled",
                "local",
                "ramp",
                Outcome.PASS,
                new TreeMap<>(Map.of("p95(read) during steady", p95)),
                "steady",
                List.of());
    }

    static CapacityResult result() {
        List<CapacityResult.Band> curve = new ArrayList<>();
        List<CapacityResult.Point> measured = new ArrayList<>();
        for (int n = 1; n <= 12; n++) {
            double throughput = 200 * n / (1 + 0.03 * (n - 1) + 0.004 * n * (n - 1));
            curve.add(new CapacityResult.Band(n, throughput * 0.95, throughput, throughput * 1.06));
            if (n < 7) {
                measured.add(new CapacityResult.Point(n, throughput * (1 + 0.02 * Math.sin(n))));
            }
        }
        TimeWindow window = new TimeWindow(ExampleRun.at(0), ExampleRun.at(20));
        String busiest = ExampleRun.evidence()
                .topology()
                .of(ResourceKind.INSTANCE)
                .get(0)
                .id();
        return new CapacityResult(
                Optional.of(560.0),
                Optional.of(600.0),
                true,
                "between 560.0 /s, which was held for 24.0 s, and 600.0 /s, which was not",
                Optional.of(320.0),
                new TreeMap<>(Map.of("app-group", 3)),
                Optional.of("app-group"),
                3,
                Optional.of(new CapacityResult.Cost(2.76, List.of("3 x m7g.large"), List.of("cache shop-cache"))),
                List.of(
                        new CapacityResult.Probe(400, 399.2, Outcome.PASS, "p95 was 41 ms", window, Optional.of(41.0)),
                        new CapacityResult.Probe(600, 571, Outcome.FAIL, "p95 was 912 ms", window, Optional.of(912.0))),
                Optional.of(new CapacityResult.Scalability("instances", 200, 0.03, 0.004, measured, curve)),
                Optional.of(new CapacityResult.Binding(
                        ResourceKind.INSTANCE, busiest, "host cpu", "it was full 4 s before p95 left its limit")));
    }
}
