package io.plimsoll.results.report;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The one time axis of all charts: seconds since the load began.
 *
 * @param origin where it reads 0: the plan's start, else the first request, else the run's start
 * @param window what it spans: plan, requests and samples, whole seconds
 * @param bucketSeconds what one point of a chart stands for, ≥ 1, so that the window has at most {@link #MOST_POINTS}
 */
record TimeAxis(Instant origin, TimeWindow window, long bucketSeconds) {
    /** Points of one line at most; a screen has no more columns to show. */
    static final int MOST_POINTS = 600;

    static TimeAxis of(Evidence evidence) {
        List<TimeWindow> spans = new ArrayList<>();
        evidence.facts().plan().map(LoadPlan::whole).ifPresent(spans::add);
        TimeWindow client = evidence.client().span();
        if (!client.length().isZero()) {
            spans.add(client);
        }
        for (Series series : evidence.series()) {
            List<Sample> samples = series.samples();
            if (!samples.isEmpty()) {
                Instant latest = samples.get(samples.size() - 1).start();
                spans.add(new TimeWindow(samples.get(0).start(), latest.plus(series.period())));
            }
        }
        Instant origin =
                spans.isEmpty() ? evidence.facts().started() : spans.get(0).start();
        Instant first =
                spans.stream().map(TimeWindow::start).min(Instant::compareTo).orElse(origin);
        Instant last =
                spans.stream().map(TimeWindow::end).max(Instant::compareTo).orElse(origin);
        return over(origin, first.getEpochSecond(), ceiling(last));
    }

    private static TimeAxis over(Instant origin, long first, long last) {
        long seconds = Math.max(1, last - first);
        TimeWindow window = new TimeWindow(Instant.ofEpochSecond(first), Instant.ofEpochSecond(first + seconds));
        return new TimeAxis(origin, window, (seconds + MOST_POINTS - 1) / MOST_POINTS);
    }

    private static long ceiling(Instant instant) {
        return instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
    }

    /** Where an instant lies on the axis. */
    double at(Instant instant) {
        return Duration.between(origin, instant).toNanos() / 1e9;
    }

    double start() {
        return at(window.start());
    }

    double end() {
        return at(window.end());
    }

    /** The buckets that cover a window, in order, none reaching beyond the axis. */
    List<TimeWindow> buckets(TimeWindow part) {
        List<TimeWindow> buckets = new ArrayList<>();
        Instant start = window.start();
        while (start.isBefore(window.end())) {
            Instant next = start.plusSeconds(bucketSeconds);
            Instant end = next.isBefore(window.end()) ? next : window.end();
            if (end.isAfter(part.start()) && start.isBefore(part.end())) {
                buckets.add(new TimeWindow(start, end));
            }
            start = next;
        }
        return buckets;
    }

    /** {@code "each second"} or {@code "each 6 s"}. */
    String each() {
        return bucketSeconds == 1 ? "each second" : "each " + bucketSeconds + " s";
    }

    /** What downsampling did, for a caption; empty if each point is a second. */
    String downsampled(String how) {
        return bucketSeconds == 1
                ? ""
                : "The run is long: a point stands for " + bucketSeconds + " s and shows " + how + ".";
    }
}
