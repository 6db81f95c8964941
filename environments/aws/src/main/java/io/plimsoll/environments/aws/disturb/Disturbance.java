package io.plimsoll.environments.aws.disturb;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something to be done to a stack.
 *
 * @param name what, such as {@code terminate-instance}
 * @param of to which part, such as {@code app tier}, {@code replica} or an id; empty for any
 * @param with further values, by name
 */
public record Disturbance(String name, Optional<String> of, SortedMap<String, String> with) {
    public Disturbance {
        with = Collections.unmodifiableSortedMap(new TreeMap<>(with));
    }

    /** For people: {@code terminate-instance of app tier}. */
    @Override
    public String toString() {
        return name + of.map(part -> " of " + part).orElse("");
    }
}
