package io.plimsoll.results.report;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.report.Chart.Line;
import io.plimsoll.results.report.Chart.Point;
import io.plimsoll.results.report.Chart.Style;
import io.plimsoll.results.run.Evidence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The latency distribution as HdrHistogram plots it: response time over 1 / (1 − quantile) on a logarithmic axis, so that
 * each further nine has the same width.
 */
final class LatencyPlot {
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private LatencyPlot() {}

    /** A chart whose points lie at 1 / (1 − quantile) instead of seconds. */
    static Chart of(Evidence evidence) {
        ClientRecord client = evidence.client();
        TimeWindow window = RequestTable.judged(evidence);
        List<Line> lines = new ArrayList<>();
        for (String name : client.requestNames()) {
            Histogram times = client.responseTimes(Set.of(name), EnumSet.of(RequestOutcome.OK), window);
            if (times.getTotalCount() > 0 && lines.size() < 2 * ClientCharts.MOST_NAMES) {
                lines.add(new Line(name, Style.straight(lines.size()), lines.size(), 0, points(times)));
            }
        }
        String title = "Latency distribution " + RequestTable.described(evidence);
        return lines.isEmpty()
                ? Chart.empty("distribution", title, "ms", "No response passed the client's checks.")
                : new Chart("distribution", title, "ms", lines, List.of(), List.of(), "");
    }

    private static List<Point> points(Histogram times) {
        List<Point> points = new ArrayList<>();
        double furthest = times.getTotalCount();
        for (HistogramIterationValue value : times.percentiles(TICKS_PER_HALF_DISTANCE)) {
            double beyond = 1 - value.getPercentileLevelIteratedTo() / 100;
            double inverse = beyond > 0 ? Math.min(furthest, 1 / beyond) : furthest;
            if (points.isEmpty() || inverse > points.get(points.size() - 1).seconds()) {
                points.add(Point.of(inverse, (double) value.getValueIteratedTo()));
            }
        }
        return points;
    }
}
