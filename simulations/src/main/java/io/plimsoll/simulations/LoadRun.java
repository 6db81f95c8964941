package io.plimsoll.simulations;

import io.plimsoll.simulations.capacity.Pacer;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * What the simulation asks of the run it loads for. The load generator's main thread calls {@link #begin} before and {@link
 * #end} after all load; any of its threads calls the others.
 */
interface LoadRun extends GuardedRun.Guarded {
    /** All that files and options say. */
    RunInputs inputs();

    /** Where requests to a named address go; known once {@link #begin} has returned. */
    String address(String name);

    /** What each user does, in the order in which they start. */
    Iterator<Map<String, Object>> visits();

    /**
     * Makes all ready. Nothing has been sent before it returns.
     *
     * @throws RunFailure if the run cannot be carried out
     * @throws InterruptedException if the thread is interrupted
     */
    void begin() throws InterruptedException;

    /** Called by each user as it starts. Never blocks. */
    void loadFlows();

    /** When users start, if the rate is searched; empty if the plan fixes it. */
    default Optional<Pacer> pacer() {
        return Optional.empty();
    }

    /** Why load must end now; empty while it may go on. */
    Optional<String> stopped();

    /**
     * Gathers what came of it.
     *
     * @throws RunFailure if no load was sent, or what was seen cannot be written
     * @throws InterruptedException if the thread is interrupted
     */
    void end() throws InterruptedException;
}
