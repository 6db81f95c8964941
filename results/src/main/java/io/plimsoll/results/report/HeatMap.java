package io.plimsoll.results.report;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many responses took how long, over time: what percentiles hide (two modes, a slow few, a freeze) is seen here.
 *
 * @param columnSeconds how long a column lasts
 * @param starts where columns begin, in seconds on the time axis
 * @param edges of the rows in milliseconds, ascending; row i is [edges i, edges i + 1)
 * @param cells column, row and number of responses, one after another; cells without a response are left out
 * @param most responses of the fullest cell; 0 if there is none
 */
record HeatMap(long columnSeconds, List<Double> starts, List<Double> edges, List<Long> cells, long most) {
    /** Columns at most. */
    static final int MOST_COLUMNS = 150;

    private static final double[] STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    private static final int DECADES = 7;

    HeatMap {
        starts = List.copyOf(starts);
        edges = List.copyOf(edges);
        cells = List.copyOf(cells);
    }

    static HeatMap of(Evidence evidence, TimeAxis axis) {
        ClientRecord client = evidence.client();
        TimeWindow span = client.span();
        if (span.length().isZero()) {
            return new HeatMap(1, List.of(), List.of(), List.of(), 0);
        }
        long seconds = span.length().toSeconds();
        long column = (seconds + MOST_COLUMNS - 1) / MOST_COLUMNS;
        double[] edges = edges(client.longestMillis(Set.of(), EnumSet.allOf(RequestOutcome.class), span));
        List<Double> starts = new ArrayList<>();
        List<Long> cells = new ArrayList<>();
        long most = 0;
        for (Instant start = span.start(); start.isBefore(span.end()); start = start.plusSeconds(column)) {
            long[] rows = rows(client, new TimeWindow(start, start.plusSeconds(column)), edges);
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] > 0) {
                    cells.addAll(List.of((long) starts.size(), (long) row, rows[row]));
                    most = Math.max(most, rows[row]);
                }
            }
            starts.add(axis.at(start));
        }
        return new HeatMap(column, starts, Arrays.stream(edges).boxed().toList(), cells, most);
    }

    private static long[] rows(ClientRecord client, TimeWindow window, double[] edges) {
        long[] rows = new long[edges.length - 1];
        Histogram times = client.responseTimes(Set.of(), EnumSet.allOf(RequestOutcome.class), window);
        for (HistogramIterationValue value : times.recordedValues()) {
            int found = Arrays.binarySearch(edges, (double) value.getValueIteratedTo());
            int row = found >= 0 ? found : -found - 2;
            rows[Math.min(row, rows.length - 1)] += value.getCountAtValueIteratedTo();
        }
        return rows;
    }

    /** From less than a millisecond to beyond the longest; whole milliseconds up to 10. */
    private static double[] edges(long longest) {
        List<Double> edges = new ArrayList<>(List.of(0.0, 1.0));
        for (int decade = 0; decade < DECADES; decade++) {
            for (double step : STEPS) {
                double edge = Math.round(step * Math.pow(10, decade));
                double last = edges.get(edges.size() - 1);
                if (edge > last && last <= longest) {
                    edges.add(edge);
                }
            }
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** For who cannot see it. */
    String inWords() {
        return "Responses by time of sending and response time; a column is " + columnSeconds
                + " s, the fullest cell holds " + Words.counted(most, "response")
                + ". The percentiles above and the table of requests tell the figures.";
    }
}
