package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.TimeWindow;
import java.util.Optional;

/**
 * The stretch an SLO is judged in.
 *
 * @param phrase as SLOs write it: {@code during steady}, {@code after kill-primary}
 * @param time when
 * @param cut why it is shorter than what was asked for, or may lie elsewhere; empty if neither
 */
record Window(String phrase, TimeWindow time, Optional<String> cut) {
    /** For reasons: {@code during steady (54 s)}. */
    String described() {
        return phrase + " (" + Values.length(time) + ")";
    }
}
