package io.plimsoll.assertions.judgement;

import io.plimsoll.results.observation.TimeWindow;

/**
 * The stretch an SLO is judged in.
 *
 * @param name of the phase, as SLOs write it
 * @param time when
 */
record Window(String name, TimeWindow time) {
    /** For reasons: {@code during steady (54 s)}. */
    String described() {
        return "during " + name + " (" + Values.length(time) + ")";
    }
}
