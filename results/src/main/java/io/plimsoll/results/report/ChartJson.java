package io.plimsoll.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.results.load.Phase;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * The charts' data as JSON that can stand inside a {@code script} element: {@code <}, {@code >}, {@code &}, U+2028 and
 * U+2029 occur in strings alone and are written as escapes there, so no text can end the element or begin a comment.
 */
final class ChartJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_NAME = 120;

    private ChartJson() {}

    static String of(
            TimeAxis axis,
            List<Phase> phases,
            List<EventMarks.Mark> marks,
            List<Chart> charts,
            List<Plot> plots,
            HeatMap heat) {
        ObjectNode root = JSON.createObjectNode();
        root.put("origin", axis.origin().toString());
        put(root, "start", axis.start());
        put(root, "end", axis.end());
        ArrayNode phaseNodes = root.putArray("phases");
        for (Phase phase : phases) {
            ObjectNode node = phaseNodes.addObject();
            node.put("name", PlainText.line(phase.name(), LONGEST_NAME));
            put(node, "from", axis.at(phase.window().start()));
            put(node, "to", axis.at(phase.window().end()));
        }
        ArrayNode markNodes = root.putArray("marks");
        marks.forEach(mark -> put(markNodes.addObject(), mark));
        ArrayNode chartNodes = root.putArray("charts");
        charts.stream().filter(chart -> !chart.lines().isEmpty()).forEach(chart -> put(chartNodes.addObject(), chart));
        ArrayNode plotNodes = root.putArray("plots");
        plots.stream().filter(plot -> !plot.chart().lines().isEmpty()).forEach(plot -> {
            ObjectNode node = plotNodes.addObject();
            node.put("quantiles", plot.quantiles());
            put(node, plot.chart());
        });
        if (heat.most() > 0) {
            put(root.putObject("heat"), heat);
        }
        return print(root);
    }

    /** A chart that does not lie on the time axis; its horizontal axis tells quantiles, or plain numbers. */
    record Plot(Chart chart, boolean quantiles) {}

    private static void put(ObjectNode node, HeatMap heat) {
        node.put("columnSeconds", heat.columnSeconds());
        node.put("most", heat.most());
        ArrayNode starts = node.putArray("starts");
        heat.starts().forEach(start -> starts.add(time(start)));
        ArrayNode edges = node.putArray("edges");
        heat.edges().forEach(edge -> edges.add(Figures.rounded(edge)));
        ArrayNode cells = node.putArray("cells");
        heat.cells().forEach(cells::add);
    }

    private static void put(ObjectNode node, EventMarks.Mark mark) {
        put(node, "at", mark.at());
        mark.end().ifPresent(end -> put(node, "end", end));
        node.put("lane", mark.lane());
        node.put("bad", mark.bad());
        node.put("says", mark.says());
    }

    private static void put(ObjectNode node, Chart chart) {
        node.put("id", chart.id());
        node.put("unit", chart.unit());
        node.put("logarithmic", chart.logarithmic());
        ArrayNode bands = node.putArray("bands");
        for (Chart.Band band : chart.bands()) {
            ObjectNode stretch = bands.addObject();
            put(stretch, "from", band.from());
            put(stretch, "to", band.to());
        }
        ArrayNode lines = node.putArray("lines");
        for (Chart.Line line : chart.lines()) {
            ObjectNode drawn = lines.addObject();
            drawn.put("name", line.name());
            drawn.put("style", line.style().name().toLowerCase(Locale.ROOT));
            drawn.put("colour", line.colour() % Chart.COLOURS);
            put(drawn, "hold", line.holdSeconds());
            ArrayNode points = drawn.putArray("points");
            for (Chart.Point point : line.points()) {
                points.add(time(point.seconds()));
                point.value().ifPresentOrElse(value -> points.add(Figures.rounded(value)), points::addNull);
            }
        }
    }

    private static void put(ObjectNode node, String key, double seconds) {
        node.put(key, time(seconds));
    }

    private static BigDecimal time(double seconds) {
        return Figures.rounded(seconds, 3);
    }

    private static String print(ObjectNode root) {
        try {
            return JSON.writer()
                    .with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .writeValueAsString(root)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("chart data cannot be printed", e);
        }
    }
}
