package io.plimsoll.simulations.view;

import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;

/** Asks one product what it saw. */
@FunctionalInterface
interface FaultView {
    /**
     * What the product tells of a stretch of time, as far as it knows by now.
     *
     * @throws IOException if it does not answer, or refuses
     * @throws InterruptedException if the thread is interrupted
     */
    Sighting ask(TimeWindow window) throws IOException, InterruptedException;
}
