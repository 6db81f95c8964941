package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * One launch or termination by a group. A launch goes from WaitingForInstanceId (its process is being started) over
 * PreInService (its target is not healthy yet) and WaitingForInstanceWarmup (it serves) to Successful, and ends when its
 * warm-up does. A termination goes from WaitingForELBConnectionDraining over InProgress to Successful, and ends when the
 * process has.
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
    ScalingActivity at(Status next) {
        return new ScalingActivity(id, description, cause, next, statusMessage, start, end, zone);
    }

    ScalingActivity described(String words) {
        return new ScalingActivity(id, words, cause, status, statusMessage, start, end, zone);
    }

    ScalingActivity ended(Status last, Instant at) {
        return new ScalingActivity(id, description, cause, last, statusMessage, start, Optional.of(at), zone);
    }

    ScalingActivity failed(Status last, Instant at, String why) {
        return new ScalingActivity(
                id,
                description + ".  Status Reason: " + why,
                cause,
                last,
                Optional.of(why),
                start,
                Optional.of(at),
                zone);
    }

    /** Auto Scaling's status codes that occur here. */
    public enum Status {
        WAITING_FOR_INSTANCE_ID("WaitingForInstanceId", 20),
        PRE_IN_SERVICE("PreInService", 30),
        WAITING_FOR_INSTANCE_WARMUP("WaitingForInstanceWarmup", 60),
        IN_PROGRESS("InProgress", 50),
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
