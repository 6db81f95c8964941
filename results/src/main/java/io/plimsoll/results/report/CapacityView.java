package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.report.Chart.Line;
import io.plimsoll.results.report.Chart.Point;
import io.plimsoll.results.report.Chart.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a capacity search found, as the report prints it.
 *
 * @param sentence the answer
 * @param curve throughput over N with the fitted law; empty chart if nothing was fitted
 * @param probes table of every rate that was tried
 */
record CapacityView(String sentence, Chart curve, Table probes) {

    static CapacityView of(CapacityResult result) {
        return new CapacityView(String.join(" ", CapacitySentences.of(result)), curve(result), probes(result));
    }

    private static Chart curve(CapacityResult result) {
        Optional<CapacityResult.Scalability> fitted = result.scalability();
        if (fitted.isEmpty()) {
            return Chart.empty(
                    "scalability", "Universal Scalability Law", "/s", "Too few group sizes or rates to fit it.");
        }
        CapacityResult.Scalability law = fitted.get();
        List<Line> lines = new ArrayList<>();
        lines.add(line("measured", Style.POINTS, 1, points(law.measured())));
        lines.add(line(
                "fitted",
                Style.SOLID,
                0,
                law.curve().stream()
                        .map(band -> Point.of(band.n(), band.fitted()))
                        .toList()));
        lines.add(line(
                "95 % low",
                Style.DOTTED,
                0,
                law.curve().stream().map(band -> Point.of(band.n(), band.low())).toList()));
        lines.add(line(
                "95 % high",
                Style.DASHED,
                0,
                law.curve().stream()
                        .map(band -> Point.of(band.n(), band.high()))
                        .toList()));
        return new Chart(
                "scalability",
                "Throughput over " + law.of() + ", Universal Scalability Law",
                "/s",
                lines.stream().filter(one -> !one.points().isEmpty()).toList(),
                List.of(),
                List.of(String.format(
                        Locale.ROOT,
                        "X(N) = λN / (1 + σ(N − 1) + κN(N − 1)) with λ = %.1f/s, contention σ = %.4f, coherence κ = %.6f.",
                        law.lambda(),
                        law.sigma(),
                        law.kappa())),
                "");
    }

    private static List<Point> points(List<CapacityResult.Point> measured) {
        return measured.stream()
                .sorted(Comparator.comparingDouble(CapacityResult.Point::n))
                .map(point -> Point.of(point.n(), point.throughput()))
                .toList();
    }

    private static Line line(String name, Style style, int colour, List<Point> points) {
        return new Line(name, style, colour, 0, points);
    }

    private static Table probes(CapacityResult result) {
        return new Table(
                "Every rate that was tried, in order",
                List.of("Offered", "Achieved", "p95", "Outcome", "Why"),
                List.of(0, 1, 2),
                result.probes().stream()
                        .map(probe -> List.of(
                                CapacitySentences.rate(probe.offered()),
                                CapacitySentences.rate(probe.achieved()),
                                probe.p95Millis()
                                        .map(millis -> Figures.quantity(millis, "ms"))
                                        .orElse("too few"),
                                Words.of(probe.outcome()),
                                probe.reason()))
                        .toList(),
                "No rate was tried.");
    }
}
