package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.observation.ResourceKind;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a descriptor knows better of a part than discovery does; an entry of {@code find.correct}.
 *
 * @param kind what the part is; empty if discovery is right
 * @param facts facts by name, in the place of those found
 */
public record Correction(Optional<ResourceKind> kind, SortedMap<String, String> facts) {
    public Correction {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Whether a part that was found to be of this kind can be what the descriptor says. */
    public boolean canBe(ResourceKind found) {
        return kind.isEmpty() || CorrectSection.areAlike(found, kind.get());
    }
}
