package io.plimsoll.results.capacity;

import java.util.Optional;

/**
 * What limited the stack of a run that missed a limit of its own accord.
 *
 * @param question the SLO that asks
 * @param binding the resource; empty if nothing observed explains it (unattributed)
 * @param lost where time was lost that no resource explains, in a sentence without its end; empty if nothing tells
 */
public record WhatLimits(String question, Optional<CapacityResult.Binding> binding, Optional<String> lost) {
    /** One sentence. */
    public String sentence() {
        return binding.map(limit -> "What limits is the " + limit.kind().word() + " " + limit.resource() + " ("
                        + limit.metric() + "): " + limit.reason() + ".")
                .orElse("What limits is unattributed: no resource that was observed was full before '" + question
                        + "' was missed, and has a law that explains it."
                        + lost.map(where -> " " + where + ".").orElse(""));
    }
}
