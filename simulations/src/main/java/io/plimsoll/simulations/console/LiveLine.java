package io.plimsoll.simulations.console;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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
                0,
                Math.min(
                        seconds(plan.whole()),
                        Duration.between(plan.whole().start(), now).toSeconds()));
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

    /** What was last seen of the stack, such as {@code instances 2 of 3 healthy, 3 desired  lag 0.0 s}. */
    public static String stack(Optional<LiveSnapshot> seen) {
        if (seen.isEmpty()) {
            return "";
        }
        String instances = seen.get()
                .targets()
                .map(targets -> "instances " + targets.healthy() + " of " + targets.registered() + " healthy")
                .orElse("instances -");
        String desired = seen.get()
                .desiredCapacity()
                .map(capacity -> ", " + capacity + " desired")
                .orElse("");
        return instances + desired + seen.get().replicas().map(LiveLine::lag).orElse("");
    }

    private static String lag(LiveSnapshot.ReplicaLag lag) {
        return lag.stopped() > 0
                ? "  replication STOPPED on " + lag.stopped()
                : String.format(Locale.ROOT, "  lag %.1f s", lag.maxSeconds());
    }

    private static long seconds(TimeWindow window) {
        return Math.round(window.length().toMillis() / 1000.0);
    }
}
