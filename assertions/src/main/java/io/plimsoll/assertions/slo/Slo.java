package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.ResourceKind;
import java.util.Optional;

/**
 * One SLO. {@link #toString} prints it so that {@link SloParser#parse} reads the same again.
 *
 * @param subject what it is about
 * @param comparison how it is compared
 * @param limit with what
 * @param forEach judged for every resource of this kind by itself
 * @param during the phase it is judged in; empty means after the warm-up
 */
public record Slo(
        Subject subject, Comparison comparison, Limit limit, Optional<ResourceKind> forEach, Optional<String> during) {

    /** Name of the window that leaves out only the declared warm-up. */
    public static final String AFTER_WARM_UP = "after-warm-up";

    /** Name of the window that leaves out nothing. */
    public static final String WHOLE = "whole";

    @Override
    public String toString() {
        return subject + " " + comparison.symbol() + " " + limit
                + (subject instanceof Subject.AchievedRate ? " of offered" : "")
                + forEach.map(kind -> " for each " + kind.word()).orElse("")
                + during.map(phase -> " during " + phase).orElse("");
    }
}
