package io.plimsoll.simulations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names of runs: they sort by time, and tell what was run. */
final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

    private RunId() {}

    /** Such as {@code 20260131-235959123-local-auto-scaled-ramp}, in UTC. */
    static String of(RunInputs inputs, Instant started) {
        return String.join(
                "-",
                TIME.format(started),
                inputs.environment().name(),
                inputs.stage().name(),
                inputs.plan().profile().name());
    }
}
