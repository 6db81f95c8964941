package io.plimsoll.environments.aws.disturb;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

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

    /**
     * One of its further values.
     *
     * @throws DisturbanceException if it has none of that name
     */
    String text(String key) {
        return Optional.ofNullable(with.get(key))
                .orElseThrow(() -> new DisturbanceException(name + " needs '" + key + "'"));
    }

    /**
     * One of its further values, a number of at least 0.
     *
     * @throws DisturbanceException if it has none of that name, or one that is no such number
     */
    int count(String key) {
        text(key);
        return number(key, 0, value -> value >= 0);
    }

    /**
     * One of its further values.
     *
     * @param otherwise the number if it has none of that name
     * @throws DisturbanceException if it is no number of at most nine digits, or not a valid one
     */
    int number(String key, int otherwise, IntPredicate valid) {
        String value = with.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,9}") || !valid.test(Integer.parseInt(value))) {
            throw new DisturbanceException(name + ": '" + key + "' is no valid number, was '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    /** For people: {@code terminate-instance of app tier}. */
    @Override
    public String toString() {
        return name + of.map(part -> " of " + part).orElse("");
    }
}
