package io.plimsoll.simulations.console;

import io.plimsoll.environments.aws.LiveSnapshot;
import java.util.Locale;

/** The line that a run prints each second. */
public final class LiveLine {
    private LiveLine() {}

    /** Formats one line, such as {@code  37/102 s  ramp  offered 212/s  served 210/s  p95 9 ms  errors 0.0 %  …}. */
    public static String format(LiveFacts facts) {
        return String.format(
                        Locale.ROOT,
                        "%4d/%d s  %-9s  offered %5.0f/s  %s  %s",
                        facts.elapsedSeconds(),
                        facts.plannedSeconds(),
                        facts.phase(),
                        facts.offeredPerSecond(),
                        facts.served().words(),
                        facts.stack().map(LiveLine::stack).orElse(""))
                .stripTrailing();
    }

    /** What was last seen of the stack, such as {@code instances 2 of 3 healthy, 3 desired  lag 0.0 s}. */
    private static String stack(LiveSnapshot seen) {
        String instances = seen.targets()
                .map(targets -> "instances " + targets.healthy() + " of " + targets.registered() + " healthy")
                .orElse("instances -");
        String desired = seen.desiredCapacity()
                .map(capacity -> ", " + capacity + " desired")
                .orElse("");
        return instances + desired + seen.replicas().map(LiveLine::lag).orElse("");
    }

    private static String lag(LiveSnapshot.ReplicaLag lag) {
        return lag.stopped() > 0
                ? "  replication STOPPED on " + lag.stopped()
                : String.format(Locale.ROOT, "  lag %.1f s", lag.maxSeconds());
    }
}
