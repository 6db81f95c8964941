package io.plimsoll.simulations.stop;

import io.plimsoll.environments.aws.descriptor.StopCondition;
import io.plimsoll.results.load.GatlingLogListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Whether the requests of the last while break a condition. A response whose status the traffic expects, such as 429, has
 * passed the client's checks and is no error. Nothing is broken before a whole while has been seen, nor by fewer than
 * {@value #LEAST_REQUESTS} requests. Safe for use by several threads.
 */
public final class StopRules implements GatlingLogListener {
    private static final int LEAST_REQUESTS = 20;

    private final List<StopCondition> conditions;
    private final long longestMillis;
    private final Deque<Ended> recent = new ArrayDeque<>();
    private long latestEnd = Long.MIN_VALUE;
    private long earliestEnd = Long.MAX_VALUE;

    private record Ended(long startMillis, long endMillis, boolean ok) {}

    /** Nothing has been seen yet. */
    public StopRules(List<StopCondition> conditions) {
        this.conditions = List.copyOf(conditions);
        this.longestMillis = conditions.stream()
                .flatMap(condition -> within(condition).stream())
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
    }

    @Override
    public synchronized void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch) {
        recent.addLast(new Ended(startMillisEpoch, endMillisEpoch, ok));
        latestEnd = Math.max(latestEnd, endMillisEpoch);
        earliestEnd = Math.min(earliestEnd, endMillisEpoch);
        while (!recent.isEmpty() && recent.getFirst().endMillis() <= latestEnd - longestMillis) {
            recent.removeFirst();
        }
    }

    @Override
    public void userStarted(long millisEpoch) {}

    @Override
    public void userEnded(long millisEpoch) {}

    /** The first condition that is broken, in one sentence; empty if none is. */
    public synchronized Optional<String> broken() {
        return conditions.stream()
                .flatMap(condition -> broken(condition).stream())
                .findFirst();
    }

    private static Optional<Duration> within(StopCondition condition) {
        if (condition instanceof StopCondition.ErrorRatio errors) {
            return Optional.of(errors.within());
        }
        return condition instanceof StopCondition.Latency latency ? Optional.of(latency.within()) : Optional.empty();
    }

    private Optional<String> broken(StopCondition condition) {
        Optional<Duration> within = within(condition);
        if (within.isEmpty() || latestEnd - earliestEnd < within.get().toMillis()) {
            return Optional.empty();
        }
        long after = latestEnd - within.get().toMillis();
        List<Ended> seen =
                recent.stream().filter(ended -> ended.endMillis() > after).toList();
        if (seen.size() < LEAST_REQUESTS) {
            return Optional.empty();
        }
        if (condition instanceof StopCondition.ErrorRatio errors) {
            double ratio = (double) seen.stream().filter(ended -> !ended.ok()).count() / seen.size();
            return ratio > errors.above()
                    ? Optional.of(said(condition, String.format(Locale.ROOT, "%.1f %%", 100 * ratio)))
                    : Optional.empty();
        }
        StopCondition.Latency latency = (StopCondition.Latency) condition;
        Histogram millis = new Histogram(3);
        Stream<Ended> timed = seen.stream();
        timed.forEach(ended -> millis.recordValue(Math.max(0, ended.endMillis() - ended.startMillis())));
        long measured = millis.getValueAtPercentile(latency.percent());
        return measured > latency.above().toMillis()
                ? Optional.of(said(condition, measured + " ms"))
                : Optional.empty();
    }

    private static String said(StopCondition condition, String measured) {
        return condition + ": it was " + measured;
    }
}
