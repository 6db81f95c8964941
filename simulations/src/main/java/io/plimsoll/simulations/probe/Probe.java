package io.plimsoll.simulations.probe;

import java.time.Duration;
import java.time.Instant;

/** Measures one thing from the client's side. */
interface Probe {
    /** Time between two ticks, ≥ 100 ms. */
    Duration interval();

    /** Asks once more; must return at once, without waiting for an answer. */
    void tick(Instant now);

    /**
     * What was found, after the last tick; may ask for a while, such as to read back what was written.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    Findings finish() throws InterruptedException;
}
