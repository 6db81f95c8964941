package io.plimsoll.simulations.console;

import io.plimsoll.results.observation.Event;

/**
 * Someone who watches a run while it goes on. Called by several threads; whoever implements it neither throws nor makes its
 * caller wait.
 */
public interface LiveWatcher {
    /** Nobody. */
    LiveWatcher NOBODY = new LiveWatcher() {};

    /** A line that the run says to a person. */
    default void says(String line) {}

    /** The facts of another second, while load is sent. */
    default void second(LiveFacts facts) {}

    /** Something that happened to the stack. */
    default void event(Event event) {}

    /**
     * The run is over, and nothing follows.
     *
     * @param how its verdict, or why it has none
     */
    default void ended(String how) {}
}
