package io.plimsoll.assertions.slo;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a subject is compared with: the loosest of its bounds counts.
 *
 * @param bounds at least one
 */
public record Limit(List<Bound> bounds) {
    public Limit {
        bounds = List.copyOf(bounds);
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("a limit must have a bound");
        }
    }

    /** A limit of one plain number. */
    public static Limit of(Amount amount) {
        return new Limit(List.of(new Bound.Absolute(amount)));
    }

    /** Whether every bound is a plain number. */
    public boolean isAbsolute() {
        return bounds.stream().allMatch(bound -> bound instanceof Bound.Absolute);
    }

    /** Whether a bound is relative to the baseline. */
    public boolean needsBaseline() {
        return bounds.stream()
                .anyMatch(bound -> bound.reference()
                        .filter(reference -> reference instanceof Reference.Baseline)
                        .isPresent());
    }

    @Override
    public String toString() {
        return bounds.stream().map(Bound::toString).collect(Collectors.joining(" or "));
    }
}
