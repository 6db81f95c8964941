package io.plimsoll.simulations.console;

import io.plimsoll.results.load.GatlingLogListener;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The requests that ended in the last seconds of the log, for the live facts only; the verdict rests on the whole log.
 *
 * <p>Gatling writes its log in blocks, so the last seconds of the log are a little older than those of the clock.
 */
public final class RecentRequests implements GatlingLogListener {
    private static final long SPAN_MILLIS = 5_000;
    /** Names that are told apart; of a run with more, those seen first. */
    private static final int MOST_NAMES = 20;

    private record Ended(String name, long startMillis, long endMillis, boolean ok) {}

    private final Deque<Ended> recent = new ArrayDeque<>();
    private long latestEnd = Long.MIN_VALUE;
    private long earliestStart = Long.MAX_VALUE;

    @Override
    public void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch) {
        recent.addLast(new Ended(name, startMillisEpoch, endMillisEpoch, ok));
        latestEnd = Math.max(latestEnd, endMillisEpoch);
        earliestStart = Math.min(earliestStart, startMillisEpoch);
        while (!recent.isEmpty() && recent.getFirst().endMillis() <= latestEnd - SPAN_MILLIS) {
            recent.removeFirst();
        }
    }

    @Override
    public void userStarted(long millisEpoch) {}

    @Override
    public void userEnded(long millisEpoch) {}

    /** Rate, 95th percentile and errors, of all and by name. */
    Served served() {
        if (recent.isEmpty()) {
            return Served.nothing("");
        }
        Tally all = new Tally();
        Map<String, Tally> byName = new HashMap<>();
        for (Ended request : recent) {
            all.add(request);
            if (byName.size() < MOST_NAMES || byName.containsKey(request.name())) {
                byName.computeIfAbsent(request.name(), name -> new Tally()).add(request);
            }
        }
        double seconds = Math.max(1, Math.min(SPAN_MILLIS, latestEnd - earliestStart)) / 1000.0;
        List<Served.Request> requests = byName.entrySet().stream()
                .map(entry ->
                        new Served.Request(entry.getKey(), entry.getValue().numbers(seconds)))
                .sorted(Comparator.comparingDouble(
                                (Served.Request request) -> -request.numbers().perSecond())
                        .thenComparing(Served.Request::name))
                .toList();
        return new Served(Optional.of(all.numbers(seconds)), requests, "");
    }

    /** Requests counted together. */
    private static final class Tally {
        private final Histogram millis = new Histogram(3);
        private long failed;

        void add(Ended request) {
            millis.recordValue(Math.max(0, request.endMillis() - request.startMillis()));
            failed += request.ok() ? 0 : 1;
        }

        Served.Numbers numbers(double seconds) {
            long count = millis.getTotalCount();
            return new Served.Numbers(count / seconds, millis.getValueAtPercentile(95), failed / (double) count);
        }
    }
}
