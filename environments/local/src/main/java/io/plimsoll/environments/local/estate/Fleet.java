package io.plimsoll.environments.local.estate;

/** What an auto-scaling group acts through. Safe for use by several threads. */
public interface Fleet {
    /**
     * Launches an instance and returns once its process runs (not yet once it serves).
     *
     * @throws LaunchException if the process cannot be started
     */
    InstanceView launch(String zone) throws LaunchException;

    /** Registers an instance with the target group; its state is {@code INITIAL} until its health checks pass. */
    void register(String instanceId);

    /** Takes an instance out of the target group; it drains and then is no target any more. Returns at once. */
    void deregister(String instanceId);

    /** Ends an instance's process. Does nothing if it has ended. */
    void terminate(String instanceId);

    /** An instance could not be launched. */
    final class LaunchException extends Exception {
        private static final long serialVersionUID = 1L;

        public LaunchException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
