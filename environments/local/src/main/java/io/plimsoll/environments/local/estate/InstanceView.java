package io.plimsoll.environments.local.estate;

import java.time.Instant;
import java.util.Optional;

/**
 * An EC2 instance: a child process of its own.
 *
 * @param id such as {@code i-0123456789abcdef0}
 * @param tier tier of the stack that it belongs to, such as {@code web}
 * @param type instance type of the descriptor
 * @param zone availability zone
 * @param address loopback address it listens on
 * @param port port of its service
 * @param pid its process
 * @param launched when its process was started
 * @param terminated when its process ended
 * @param state EC2 instance state
 */
public record InstanceView(
        String id,
        String tier,
        String type,
        String zone,
        String address,
        int port,
        long pid,
        Instant launched,
        Optional<Instant> terminated,
        State state) {
    /** Its one volume, such as {@code vol-0123456789abcdef0}. */
    public String volumeId() {
        return "vol-" + id.substring(id.indexOf('-') + 1);
    }

    /** EC2's instance states that occur here. */
    public enum State {
        PENDING,
        RUNNING,
        STOPPING,
        STOPPED,
        SHUTTING_DOWN,
        TERMINATED
    }
}
