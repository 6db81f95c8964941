package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A scheduled action: at its time the group gets other sizes.
 *
 * @param name its name, unique in its group
 * @param start when it acts the first time; empty to begin with the first time the recurrence names
 * @param end after this it acts no more; empty for never
 * @param recurrence when it acts again; empty to act once, at {@code start}
 * @param min new minimum; empty to leave it
 * @param max new maximum; empty to leave it
 * @param desired new desired capacity; empty to leave it
 */
public record ScheduledActionSpec(
        String name,
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<Cron> recurrence,
        OptionalInt min,
        OptionalInt max,
        OptionalInt desired) {
    public ScheduledActionSpec {
        require(start.isPresent() || recurrence.isPresent(), name, "it needs a start time, a recurrence or both");
        require(
                min.isPresent() || max.isPresent() || desired.isPresent(),
                name,
                "it needs at least one of min, max and desired capacity");
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException("scheduled action " + name + ": " + message);
        }
    }

    /** When it acts next after a time; empty if it never will. */
    Optional<Instant> next(Instant after) {
        Optional<Instant> next;
        if (start.filter(at -> at.isAfter(after)).isPresent()) {
            next = start;
        } else {
            next = recurrence.flatMap(cron -> cron.next(after));
        }
        return next.filter(at -> end.isEmpty() || !at.isAfter(end.get()));
    }
}
