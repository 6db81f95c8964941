package io.plimsoll.environments.local.fleet;

import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.ProcessException;
import java.time.Duration;
import java.util.Map;

/** A server that runs on an instance beside its service, and starts and ends with it. */
public interface Companion {
    /**
     * Starts it, or starts it again on what it has stored, and returns once it answers.
     *
     * @return settings for the service beside it
     * @throws ProcessException if it does not come up
     */
    Map<String, String> boot();

    /** Its process by name. */
    Map<String, ChildProcess> processes();

    /** Asks it to end and kills it if it has not within {@code grace}; returns once it has ended. */
    void stop(Duration grace);
}
