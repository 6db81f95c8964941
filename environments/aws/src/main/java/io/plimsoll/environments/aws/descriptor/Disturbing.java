package io.plimsoll.environments.aws.descriptor;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What may be done to a stack on purpose; section {@code disturb} of a descriptor. Nothing is done that is not named here.
 *
 * @param allowed names of the disturbances that are permitted, such as {@code terminate-instance}
 * @param experiment id of the FIS experiment template that {@code run-experiment} starts
 */
public record Disturbing(SortedSet<String> allowed, Optional<String> experiment) {
    public Disturbing {
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
    }

    /** Nothing is permitted. */
    public static Disturbing nothing() {
        return new Disturbing(new TreeSet<>(), Optional.empty());
    }

    /** Permits these by name. */
    public static Disturbing only(Set<String> allowed) {
        return new Disturbing(new TreeSet<>(allowed), Optional.empty());
    }

    /** Why a disturbance is not permitted; empty if it is. */
    public Optional<String> refusal(String name) {
        return allowed.contains(name)
                ? Optional.empty()
                : Optional.of("the environment does not permit it (disturb.allowed: "
                        + (allowed.isEmpty() ? "none" : String.join(", ", allowed)) + ")");
    }
}
