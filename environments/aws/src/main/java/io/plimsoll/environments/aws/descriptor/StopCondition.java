package io.plimsoll.environments.aws.descriptor;

import java.time.Duration;

/** When a run ends early, cleanly and with its evidence. Responses of an expected status are no errors. */
public sealed interface StopCondition {
    /**
     * Too many of the requests of the last while failed the client's checks.
     *
     * @param above share in (0, 1]
     * @param within length of the while
     */
    record ErrorRatio(double above, Duration within) implements StopCondition {
        @Override
        public String toString() {
            return "error ratio above " + above * 100 + " % within " + within.toSeconds() + " s";
        }
    }

    /**
     * The requests of the last while were too slow.
     *
     * @param percent which percentile, in (0, 100)
     * @param above its limit
     * @param within length of the while
     */
    record Latency(double percent, Duration above, Duration within) implements StopCondition {
        @Override
        public String toString() {
            return "p" + percent + " above " + above.toMillis() + " ms within " + within.toSeconds() + " s";
        }
    }

    /**
     * An alarm of CloudWatch is in state ALARM.
     *
     * @param name the alarm's
     */
    record Alarm(String name) implements StopCondition {
        @Override
        public String toString() {
            return "alarm " + name;
        }
    }
}
