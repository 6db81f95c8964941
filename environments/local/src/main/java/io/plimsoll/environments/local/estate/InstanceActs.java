package io.plimsoll.environments.local.estate;

import java.util.Optional;
import java.util.Set;

/**
 * What can be done to the instances of a fleet. Each returns at once, what it began goes on; one that is not possible in
 * the instance's state does nothing. Safe for use by several threads.
 */
public interface InstanceActs {
    /** Ids of the instances that this acts on, terminated ones included. */
    Set<String> instanceIds();

    /** Ends it: its service finishes the requests it has. */
    void terminate(String instanceId);

    /** Stops its processes; what they stored stays. */
    void stop(String instanceId);

    /** Starts a stopped one again, on the same port and with what it stored. */
    void start(String instanceId);

    /**
     * Gives a stopped one another instance type, with which it starts again.
     *
     * @return false if it is not stopped, or there is no such type
     */
    boolean resize(String instanceId, String type);

    /** The port at which an instance speaks TLS; empty if it does not. */
    Optional<Integer> tlsPort(String instanceId);

    /** Stops and starts it. */
    void reboot(String instanceId);

    /** Kills its processes (SIGKILL), as when its host is lost. */
    void kill(String instanceId);

    /** Stops its processes in their tracks (SIGSTOP): they keep their connections and answer nothing. */
    void freeze(String instanceId);

    /** Lets a frozen one go on. */
    void thaw(String instanceId);
}
