package io.plimsoll.simulations.console;

import io.plimsoll.results.load.GatlingLogListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The requests that ended in the last seconds of the log, for the live line only; the verdict rests on the whole log.
 *
 * <p>Gatling writes its log in blocks, so the last seconds of the log are a little older than those of the clock.
 */
public final class RecentRequests implements GatlingLogListener {
    private static final long SPAN_MILLIS = 5_000;

    private record Ended(long startMillis, long endMillis, boolean ok) {}

    private final Deque<Ended> recent = new ArrayDeque<>();
    private long latestEnd = Long.MIN_VALUE;
    private long earliestStart = Long.MAX_VALUE;

    @Override
    public void request(String name, long startMillisEpoch, boolean ok, long endMillisEpoch) {
        recent.addLast(new Ended(startMillisEpoch, endMillisEpoch, ok));
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

    /** Rate, 95th percentile and errors, such as {@code served  212/s  p95    9 ms  errors  0.0 %}. */
    public String summary() {
        if (recent.isEmpty()) {
            return "served     -/s  p95     - ms  errors    - %";
        }
        Histogram millis = new Histogram(3);
        long failed = 0;
        for (Ended request : recent) {
            millis.recordValue(Math.max(0, request.endMillis() - request.startMillis()));
            failed += request.ok() ? 0 : 1;
        }
        double seconds = Math.max(1, Math.min(SPAN_MILLIS, latestEnd - earliestStart)) / 1000.0;
        return String.format(
                Locale.ROOT,
                "served %5.0f/s  p95 %5d ms  errors %4.1f %%",
                recent.size() / seconds,
                millis.getValueAtPercentile(95),
                100.0 * failed / recent.size());
    }
}
