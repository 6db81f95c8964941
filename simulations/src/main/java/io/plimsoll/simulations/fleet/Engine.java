package io.plimsoll.simulations.fleet;

import java.time.Instant;
import java.util.Optional;

/** What starts a gang of injectors. Nothing is ever started twice: a lost injector makes the run void. */
public interface Engine {
    /**
     * Asks for a gang. Returns at once, whether or not it has been started.
     *
     * @throws EngineException if the engine does not take it
     */
    Gang submit(GangOrder order);

    /** Injectors that were asked for together. */
    interface Gang {
        /** How a person finds it in its engine, such as {@code Slurm job 17}. */
        String name();

        /** T0, once the gang has all that it needs. */
        Optional<Instant> start();

        /** Whether the engine says that none of it runs any more. */
        boolean isOver();

        /** Ends all of it; does nothing if it is over. */
        void cancel();
    }
}
