package io.plimsoll.environments.local.site;

import io.plimsoll.environments.local.process.ChildProcess;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A part that runs. Safe for several threads. */
public interface Part extends AutoCloseable {
    /**
     * What it adds to the estate, read anew at each call: views of what there is now, and acts that others may call by
     * their interface. Must be quick: it is called many times a second.
     */
    default Stream<?> offers() {
        return Stream.empty();
    }

    /** Settings for the services that use this part, by key. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Its processes by name. */
    default Map<String, ChildProcess> processes() {
        return Map.of();
    }

    /** What it still waits for, as one clause; empty once it is ready. The stack is up when all its parts are. */
    default Optional<String> waitingFor() {
        return Optional.empty();
    }

    /** Ends what runs within this process; child processes are ended by the guardian. */
    @Override
    default void close() {}
}
