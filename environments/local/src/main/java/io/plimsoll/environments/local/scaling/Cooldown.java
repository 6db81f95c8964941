package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time after a scaling activity in which simple policies wait; it begins once the activity has ended. */
final class Cooldown {
    private Optional<Duration> pending = Optional.empty();
    private Instant until = Instant.MIN;

    /** Waits from the end of the activity that begins now. */
    void begin(Duration length) {
        pending = Optional.of(length);
    }

    /** Told in each step whether activities go on. */
    void progress(boolean busy, Instant now) {
        if (!busy) {
            pending.ifPresent(length -> until = now.plus(length));
            pending = Optional.empty();
        }
    }

    boolean isOn(Instant now) {
        return pending.isPresent() || now.isBefore(until);
    }
}
