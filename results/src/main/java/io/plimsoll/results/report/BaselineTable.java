package io.plimsoll.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What each figure of the run came to in the runs it is compared with. */
final class BaselineTable {
    /** Where a run keeps its baseline, below {@code inputs/}. */
    static final String INPUT = "baseline.json";

    private static final String NONE = "This run was compared with no earlier run: none of its stage, environment and"
            + " profile was signed off when it began.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BaselineTable() {}

    static Table of(Attachments attachments) {
        Optional<JsonNode> baseline =
                Optional.ofNullable(attachments.inputs().get(INPUT)).flatMap(BaselineTable::tree);
        Optional<JsonNode> figures = attachments.figures().flatMap(BaselineTable::tree);
        List<List<String>> rows = new ArrayList<>();
        if (baseline.isPresent() && figures.isPresent()) {
            figures.get()
                    .path("values")
                    .properties()
                    .forEach(figure -> row(figure, baseline.get()).ifPresent(rows::add));
        }
        int passes = baseline.map(tree -> tree.path("passes").size()).orElse(0);
        return new Table(
                "This run against the median of " + passes + (passes == 1 ? " earlier pass" : " earlier passes"),
                List.of("Figure", "Baseline", "This run", "Change"),
                List.of(1, 2, 3),
                rows,
                NONE);
    }

    private static Optional<List<String>> row(Map.Entry<String, JsonNode> figure, JsonNode baseline) {
        List<Double> earlier = new ArrayList<>();
        baseline.path("passes").forEach(pass -> {
            JsonNode value = pass.path("values").path(figure.getKey());
            if (value.isNumber()) {
                earlier.add(value.asDouble());
            }
        });
        if (earlier.isEmpty() || !figure.getValue().isNumber()) {
            return Optional.empty();
        }
        earlier.sort(Double::compare);
        double median = (earlier.get((earlier.size() - 1) / 2) + earlier.get(earlier.size() / 2)) / 2;
        double now = figure.getValue().asDouble();
        return Optional.of(List.of(figure.getKey(), Figures.number(median), Figures.number(now), change(median, now)));
    }

    private static String change(double from, double to) {
        if (from == to) {
            return "none";
        }
        if (from == 0) {
            return "from 0";
        }
        double ratio = to / from - 1;
        return (ratio > 0 ? "+" : "−") + Figures.percent(Math.abs(ratio));
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a damaged file is a fault of the evidence, which the verdict tells
        }
    }
}
