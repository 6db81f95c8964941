package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * A simple scaling policy: one change, and no other before its cooldown is over.
 *
 * @param name its name
 * @param enabled whether it acts
 * @param adjustment what the change means
 * @param change as the adjustment type says
 * @param cooldown from the end of its scaling activity; empty for the group's default
 */
public record SimpleScalingSpec(
        String name, boolean enabled, Adjustment adjustment, int change, Optional<Duration> cooldown)
        implements PolicySpec {
    @Override
    public String type() {
        return "SimpleScaling";
    }
}
