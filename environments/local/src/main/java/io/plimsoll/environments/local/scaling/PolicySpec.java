package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.Optional;

/** A scaling policy of a group. */
public sealed interface PolicySpec permits TargetTrackingSpec, StepScalingSpec, SimpleScalingSpec {
    /** Its name, unique in its group. */
    String name();

    /** Whether it acts. */
    boolean enabled();

    /** Auto Scaling's PolicyType. */
    String type();

    /** From being in service until an instance counts for this policy; empty for the group's default. */
    default Optional<Duration> warmUp() {
        return Optional.empty();
    }

    /** Requires a rule of the policy of a name. */
    static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new IllegalArgumentException("policy " + name + ": " + message);
        }
    }
}
