package io.plimsoll.simulations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names of runs: they sort by time, and tell what was run. */
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

    private RunId() {}

    /** The time as names of runs begin with it. */
    public static String time(Instant moment) {
        return TIME.format(moment);
    }

    /** Such as {@code 20260131-235959123-local-auto-scaled-ramp}, in UTC. */
    static String of(RunInputs inputs, Instant started) {
        return String.join(
                "-",
                time(started),
                inputs.environment().name(),
                inputs.stage().name(),
                inputs.plan().profile().name());
    }
}
