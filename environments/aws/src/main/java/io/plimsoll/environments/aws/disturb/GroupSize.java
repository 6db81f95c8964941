package io.plimsoll.environments.aws.disturb;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The size at which scaling groups are held.
 *
 * @param fixed so many instances, as far as a group's minimum and maximum allow; empty for the {@code word}
 * @param word {@code current}, {@code maximum} or the number
 */
public record GroupSize(OptionalInt fixed, String word) {
    private static final String CURRENT = "current";
    private static final String MAXIMUM = "maximum";
    /** What may be written. */
    public static final String RULE = "must be 'current', 'maximum' or a number of instances from 1 to 9999";

    /** Reads it; empty if it is none, see {@link #RULE}. */
    public static Optional<GroupSize> parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals(CURRENT) || word.equals(MAXIMUM)) {
            return Optional.of(new GroupSize(OptionalInt.empty(), word));
        }
        return word.matches("[1-9]\\d{0,3}")
                ? Optional.of(new GroupSize(OptionalInt.of(Integer.parseInt(word)), word))
                : Optional.empty();
    }

    /** Whether a group keeps the size that it has. */
    public boolean current() {
        return word.equals(CURRENT);
    }

    /** The size of one group: never outside its bounds. */
    int of(GroupState group) {
        if (fixed.isPresent()) {
            return Math.max(group.min(), Math.min(group.max(), fixed.getAsInt()));
        }
        return word.equals(MAXIMUM) ? group.max() : group.desired();
    }

    @Override
    public String toString() {
        return word;
    }
}
