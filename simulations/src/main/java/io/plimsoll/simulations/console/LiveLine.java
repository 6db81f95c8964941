package io.plimsoll.simulations.console;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The line that a run prints each second. */
public final class LiveLine {
    private LiveLine() {}

    /**
     * Formats one line, such as {@code  37/102 s  ramp  offered 212/s  served 210/s  p95 9 ms  errors 0.0 %  …}.
     *
     * @param plan the load being sent
     * @param now the moment
     * @param served what the client saw, {@link RecentRequests#summary}
     * @param stack what was observed of the stack; may be empty
     */
    public static String format(LoadPlan plan, Instant now, String served, String stack) {
        long elapsed = Math.max(
                0, Math.min(seconds(plan.whole()), Duration.between(plan.whole().start(), now).toSeconds()));
        String phase = plan.phases().stream()
                .filter(candidate -> candidate.window().contains(now))
                .findFirst()
                .map(Phase::name)
                .orElse("draining");
        TimeWindow lastSecond = new TimeWindow(now.minusSeconds(1), now);
        return String.format(
                        Locale.ROOT,
                        "%4d/%d s  %-9s  offered %5.0f/s  %s  %s",
                        elapsed,
                        seconds(plan.whole()),
                        phase,
                        plan.offeredRequests(lastSecond),
                        served,
                        stack)
                .stripTrailing();
    }

    private static long seconds(TimeWindow window) {
        return Math.round(window.length().toMillis() / 1000.0);
    }
}
