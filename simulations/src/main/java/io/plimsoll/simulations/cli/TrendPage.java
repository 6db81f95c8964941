package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.judgement.Trend;
import java.util.List;
import java.util.Locale;

/** Trends as a page of its own: one chart each, a mark at every change. */
final class TrendPage {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 120;
    private static final int MARGIN = 10;

    private TrendPage() {}

    static String render(List<Trend> trends) {
        StringBuilder page = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Plimsoll: trends</title>
                <style>
                body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
                svg { background: #fafafa; border: 1px solid #ddd; max-width: 100%; height: auto; }
                .change { color: #a33; }
                </style></head><body><h1>Trends</h1>
                <p>Each point is a run. A red line marks where a number changed for good: E-divisive means, p ≤ 0.01.</p>
                """);
        String group = "";
        for (Trend trend : trends) {
            if (!trend.group().equals(group)) {
                group = trend.group();
                page.append("<h2>").append(escaped(group)).append("</h2>\n");
            }
            page.append("<h3>").append(escaped(trend.what())).append("</h3>\n").append(chart(trend));
            trend.changes()
                    .forEach(change -> page.append("<p class=\"change\">Changed ")
                            .append(escaped(change.text()))
                            .append("</p>\n"));
        }
        return page.append("</body></html>\n").toString();
    }

    private static String chart(Trend trend) {
        List<Trend.Point> points = trend.points();
        double least = points.stream().mapToDouble(Trend.Point::value).min().orElse(0);
        double most = points.stream().mapToDouble(Trend.Point::value).max().orElse(0);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                escaped(trend.what())));
        for (Trend.Step change : trend.changes()) {
            double x = (x(change.index(), points.size()) + x(change.index() - 1, points.size())) / 2;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#a33\" stroke-dasharray=\"4\"/>%n",
                    x,
                    x,
                    HEIGHT));
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            Trend.Point point = points.get(i);
            double x = x(i, points.size());
            double share = most > least ? (point.value() - least) / (most - least) : 0.5;
            double y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#247\"><title>%s: %s</title></circle>%n",
                    x,
                    y,
                    escaped(point.runId()),
                    escaped(point.text())));
        }
        return svg.append("<polyline fill=\"none\" stroke=\"#247\" points=\"")
                .append(line.toString().strip())
                .append("\"/></svg>\n")
                .toString();
    }

    private static double x(int index, int count) {
        return count == 1 ? WIDTH / 2.0 : MARGIN + (double) index / (count - 1) * (WIDTH - 2 * MARGIN);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
