package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.Optional;

/**
 * How an instance refresh goes.
 *
 * @param minHealthyPercent share of the desired capacity that must stay in service and warm, in [0, 100]
 * @param maxHealthyPercent share of the desired capacity that may be there meanwhile, in [100, 200]; above 100 instances
 *     are launched before others are ended
 * @param warmUp from being in service until an instance counts as replaced; empty for the group's
 * @param skipMatching whether instances that have the group's configuration stay
 */
public record RefreshPreferences(
        int minHealthyPercent, int maxHealthyPercent, Optional<Duration> warmUp, boolean skipMatching) {
    public RefreshPreferences {
        if (minHealthyPercent < 0 || minHealthyPercent > 100) {
            throw Refusal.invalid("MinHealthyPercentage must be in [0, 100], was " + minHealthyPercent);
        }
        if (maxHealthyPercent < 100 || maxHealthyPercent > 200) {
            throw Refusal.invalid("MaxHealthyPercentage must be in [100, 200], was " + maxHealthyPercent);
        }
        if (maxHealthyPercent - minHealthyPercent > 100) {
            throw Refusal.invalid("The difference between MaxHealthyPercentage and MinHealthyPercentage must not be"
                    + " greater than 100, was " + (maxHealthyPercent - minHealthyPercent));
        }
    }
}
