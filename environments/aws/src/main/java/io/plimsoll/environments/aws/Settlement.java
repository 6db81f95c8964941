package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settle barrier: CloudWatch publishes late and revises, so series are pulled again until each is unchanged for the
 * descriptor's {@code settle-quiet}, or its {@code settle-deadline} has come. A pull names only series that have not
 * settled, because each is billed; of those whose first answer, late enough, held every datapoint that can be there,
 * {@link Witnesses some} speak for the others of their source.
 */
final class Settlement {
    private final MetricReader reader;
    private final AwsCalls calls;
    private final Observing observe;
    private final String region;
    private final Sleeper sleeper;

    /**
     * What came of it.
     *
     * @param series every series asked for, in the order of the queries
     * @param settled whether all but the refused ones settled
     * @param problems what is wrong with them, one sentence for each cause
     */
    record Result(List<Series> series, boolean settled, List<String> problems) {
        Result {
            series = List.copyOf(series);
            problems = List.copyOf(problems);
        }
    }

    Settlement(MetricReader reader, AwsCalls calls, Observing observe, String region, Sleeper sleeper) {
        this.reader = reader;
        this.calls = calls;
        this.observe = observe;
        this.region = region;
        this.sleeper = sleeper;
    }

    /** Pulls until all have settled or the deadline has come; at least once. */
    Result settle(List<MetricQuery> queries, TimeWindow window, Instant deadline) throws InterruptedException {
        TimeWindow aligned = MetricReader.aligned(window, observe.period());
        List<MetricProgress> all = queries.stream().map(MetricProgress::new).toList();
        Witnesses witnesses = new Witnesses(all, aligned, observe.period());
        List<MetricProgress> open = new ArrayList<>(all);
        untilPublished(queries, aligned, deadline);
        reader.pull(open, aligned);
        witnesses.choose(calls.clock().instant());
        open.removeIf(MetricProgress::done);
        while (!open.isEmpty()) {
            Duration left = Duration.between(calls.clock().instant(), deadline);
            if (left.compareTo(observe.settleQuiet()) <= 0) {
                break; // a pull at the deadline would come too late to settle anything
            }
            sleeper.sleep(observe.settleQuiet());
            reader.pull(open.stream().filter(witnesses::asked).toList(), aligned);
            witnesses.conclude();
            open.removeIf(MetricProgress::done);
        }
        return result(all, open.isEmpty());
    }

    /** The first pull waits until the last period can have been published, but never so long that no second fits. */
    private void untilPublished(List<MetricQuery> queries, TimeWindow window, Instant deadline)
            throws InterruptedException {
        Duration delay = queries.stream()
                .map(query -> query.delay(observe.period()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Instant now = calls.clock().instant();
        Instant latest = deadline.minus(observe.settleQuiet().multipliedBy(2));
        Instant due = window.end().plus(delay);
        Instant first = due.isBefore(latest) ? due : latest;
        if (first.isAfter(now)) {
            sleeper.sleep(Duration.between(now, first));
        }
    }

    private Result result(List<MetricProgress> all, boolean settled) {
        List<Series> series = all.stream()
                .map(progress -> progress.toSeries(region, observe.period(), observe.settleDeadline()))
                .toList();
        List<String> problems = new ArrayList<>(incomplete(series));
        int notFinite = all.stream().mapToInt(MetricProgress::notFinite).sum();
        if (notFinite > 0) {
            problems.add(notFinite + " metric values were not finite and were left out");
        }
        return new Result(series, settled, problems);
    }

    private List<String> incomplete(List<Series> all) {
        Map<String, List<Series>> byCause = new LinkedHashMap<>();
        all.stream()
                .filter(series -> series.completeness() != Completeness.COMPLETE)
                .forEach(series -> byCause.computeIfAbsent(
                                series.completeness() + ": " + series.note(), cause -> new ArrayList<>())
                        .add(series));
        List<String> sentences = new ArrayList<>();
        byCause.forEach(
                (cause, series) -> sentences.add(series.size() + " of " + all.size() + " metric series, such as '"
                        + series.get(0).name() + "' of " + series.get(0).resource() + ", are " + cause));
        return sentences;
    }
}
