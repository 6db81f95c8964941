package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * One launch or termination by a group.
 *
 * @param id a UUID
 * @param description such as {@code Launching a new EC2 instance: i-0123456789abcdef0}
 * @param cause why, as Auto Scaling words it
 * @param status how far it is
 * @param statusMessage what went wrong; empty if nothing did
 * @param start when it was decided
 * @param end when it ended; empty while it goes on
 * @param zone availability zone it acts in
 */
public record ScalingActivity(
        String id,
        String description,
        String cause,
        Status status,
        Optional<String> statusMessage,
        Instant start,
        Optional<Instant> end,
        String zone) {
    /** Auto Scaling's status codes that occur here. */
    public enum Status {
        IN_PROGRESS("InProgress", 50),
        WAITING_FOR_INSTANCE_WARMUP("WaitingForInstanceWarmup", 66),
        WAITING_FOR_ELB_CONNECTION_DRAINING("WaitingForELBConnectionDraining", 50),
        SUCCESSFUL("Successful", 100),
        FAILED("Failed", 100),
        CANCELLED("Cancelled", 100);

        private final String code;
        private final int progressPercent;

        Status(String code, int progressPercent) {
            this.code = code;
            this.progressPercent = progressPercent;
        }

        /** Auto Scaling's StatusCode. */
        public String code() {
            return code;
        }

        /** Auto Scaling's Progress. */
        public int progressPercent() {
            return progressPercent;
        }
    }
}
