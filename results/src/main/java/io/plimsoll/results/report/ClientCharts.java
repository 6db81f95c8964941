package io.plimsoll.results.report;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.report.Chart.Line;
import io.plimsoll.results.report.Chart.Point;
import io.plimsoll.results.report.Chart.Style;
import io.plimsoll.results.run.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The charts of what the client sent and got. A request counts in the second in which it was sent. */
final class ClientCharts {
    /** Names drawn at most; with three percentiles each, more cannot be told apart. */
    static final int MOST_NAMES = 4;

    /** Fewer requests than this in a point make its p95 the longest of them. */
    static final long LEAST_PER_POINT = 20;

    private static final Set<RequestOutcome> OK = EnumSet.of(RequestOutcome.OK);
    private static final Set<RequestOutcome> ALL = EnumSet.allOf(RequestOutcome.class);
    private static final String NO_REQUEST = "The client's log holds no request.";
    private final ClientRecord client;
    private final Optional<LoadPlan> plan;
    private final TimeAxis axis;
    private final List<TimeWindow> buckets;

    ClientCharts(Evidence evidence, TimeAxis axis) {
        this.client = evidence.client();
        this.plan = evidence.facts().plan();
        this.axis = axis;
        TimeWindow span = client.span();
        this.buckets = span.length().isZero() ? List.of() : axis.buckets(span);
    }

    /** Offered and achieved rate. */
    Chart rate() {
        List<Line> lines = new ArrayList<>();
        plan.ifPresent(
                offered -> lines.add(new Line("offered", Style.DASHED, 1, axis.bucketSeconds(), offered(offered))));
        if (!buckets.isEmpty()) {
            List<Point> achieved = buckets.stream()
                    .map(bucket -> point(bucket, client.count(Set.of(), ALL, bucket) / loaded(bucket)))
                    .toList();
            lines.add(new Line("achieved", Style.SOLID, 0, axis.bucketSeconds(), achieved));
        }
        String title = "Request rate, offered and achieved";
        if (lines.isEmpty()) {
            return Chart.empty("rate", title, "/s", NO_REQUEST + " No load was planned.");
        }
        List<String> notes =
                List.of(buckets.isEmpty() ? NO_REQUEST : "", axis.downsampled("the mean rate of its seconds"));
        return new Chart("rate", title, "/s", lines, List.of(), notes, "");
    }

    /** Latency percentiles of OK responses by request name. */
    Chart latency() {
        List<Line> lines = new ArrayList<>();
        List<String> names = busiest();
        for (int i = 0; i < names.size(); i++) {
            lines.addAll(percentiles(names.get(i), i));
        }
        String title = "Latency of OK responses";
        if (lines.isEmpty()) {
            String why = buckets.isEmpty() ? NO_REQUEST : "No response passed the client's checks.";
            return Chart.empty("latency", title, "ms", why);
        }
        List<String> notes = notes(
                names,
                "the busiest names with " + LEAST_PER_POINT + " requests a point or more",
                "percentiles of all its requests");
        return new Chart("latency", title, "ms", lines, List.of(), notes, "");
    }

    /** Responses that did not pass the client's checks, by request name. */
    Chart errors() {
        String title = "Errors seen by the client";
        if (buckets.isEmpty()) {
            return Chart.empty("errors", title, "/s", NO_REQUEST);
        }
        List<Line> lines = new ArrayList<>();
        List<String> names = most(EnumSet.of(RequestOutcome.KO));
        for (int i = 0; i < names.size(); i++) {
            Set<String> name = Set.of(names.get(i));
            List<Point> points = buckets.stream()
                    .map(bucket -> point(bucket, mostErrors(name, bucket)))
                    .toList();
            lines.add(new Line(names.get(i), Style.straight(i), i, axis.bucketSeconds(), points));
        }
        return new Chart(
                "errors",
                title,
                "/s",
                lines,
                List.of(),
                notes(names, "the names with the most errors", "its worst second"),
                "");
    }

    /** The names with the most requests of those outcomes, at most {@link #MOST_NAMES}, sorted. */
    private List<String> most(Set<RequestOutcome> outcomes) {
        Comparator<String> byRequests =
                Comparator.comparingLong((String name) -> -client.count(Set.of(name), outcomes, client.span()));
        return client.requestNames().stream()
                .sorted(byRequests.thenComparing(Comparator.naturalOrder()))
                .limit(MOST_NAMES)
                .sorted()
                .toList();
    }

    /** Of the busiest names those with enough requests for a percentile of a point; the busiest one if none has. */
    private List<String> busiest() {
        List<String> most = most(OK);
        List<String> enough = most.stream()
                .filter(name -> count(name) >= LEAST_PER_POINT * buckets.size())
                .toList();
        return enough.isEmpty()
                ? most.stream().max(Comparator.comparingLong(this::count)).stream()
                        .toList()
                : enough;
    }

    private long count(String name) {
        return client.count(Set.of(name), OK, client.span());
    }

    private List<String> notes(List<String> drawn, String why, String shown) {
        int hidden = client.requestNames().size() - drawn.size();
        String left = hidden > 0
                ? "Drawn are " + why + "; " + hidden + " more " + (hidden == 1 ? "name is" : "names are")
                        + " in the table of requests."
                : "";
        return List.of(left, axis.downsampled(shown));
    }

    private List<Line> percentiles(String name, int colour) {
        List<Point> p50 = new ArrayList<>();
        List<Point> p95 = new ArrayList<>();
        List<Point> p99 = new ArrayList<>();
        for (TimeWindow bucket : buckets) {
            Histogram times = client.responseTimes(Set.of(name), OK, bucket);
            p50.add(percentile(times, 50, bucket));
            p95.add(percentile(times, 95, bucket));
            p99.add(percentile(times, 99, bucket));
        }
        if (p50.stream().allMatch(point -> point.value().isEmpty())) {
            return List.of();
        }
        double hold = axis.bucketSeconds();
        return List.of(
                new Line(name + " p50", Style.DOTTED, colour, hold, p50),
                new Line(name + " p95", Style.SOLID, colour, hold, p95),
                new Line(name + " p99", Style.DASHED, colour, hold, p99));
    }

    private Point percentile(Histogram times, double percentile, TimeWindow bucket) {
        return times.getTotalCount() == 0
                ? Point.gap(axis.at(bucket.start()))
                : point(bucket, (double) times.getValueAtPercentile(percentile));
    }

    private double mostErrors(Set<String> name, TimeWindow bucket) {
        long most = 0;
        Instant second = bucket.start();
        while (second.isBefore(bucket.end())) {
            TimeWindow window = new TimeWindow(second, second.plusSeconds(1));
            most = Math.max(most, client.count(name, EnumSet.of(RequestOutcome.KO), window));
            second = second.plusSeconds(1);
        }
        return (double) most;
    }

    /** The seconds of a bucket in which load was planned, if that is most of it; else its length. */
    private double loaded(TimeWindow bucket) {
        double whole = RunTables.seconds(bucket.length());
        TimeWindow load = plan.map(LoadPlan::whole).orElse(bucket);
        Instant from = load.start().isAfter(bucket.start()) ? load.start() : bucket.start();
        Instant to = load.end().isBefore(bucket.end()) ? load.end() : bucket.end();
        double overlap = Duration.between(from, to).toNanos() / 1e9;
        return overlap >= whole / 2 ? overlap : whole;
    }

    private Point point(TimeWindow bucket, double value) {
        return Point.of(axis.at(bucket.start()), value);
    }

    /** The plan's mean rate in each bucket, so that it compares with the achieved rate point by point. */
    private List<Point> offered(LoadPlan load) {
        return axis.buckets(load.whole()).stream()
                .map(bucket -> point(bucket, load.offeredRequests(bucket) / loaded(bucket)))
                .toList();
    }
}
