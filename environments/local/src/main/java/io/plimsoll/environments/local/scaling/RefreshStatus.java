package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * An instance refresh as it is now.
 *
 * @param id its id
 * @param preferences how it goes
 * @param state how far it is
 * @param reason what it waits for; empty for nothing
 * @param start when it was asked for
 * @param end when it ended; empty while it goes on
 * @param percentComplete share of the instances that are replaced and warm, in [0, 100]
 * @param instancesToUpdate instances that are not replaced yet
 */
public record RefreshStatus(
        String id,
        RefreshPreferences preferences,
        State state,
        Optional<String> reason,
        Instant start,
        Optional<Instant> end,
        int percentComplete,
        int instancesToUpdate) {
    /** Auto Scaling's status of a refresh. */
    public enum State {
        PENDING("Pending"),
        IN_PROGRESS("InProgress"),
        SUCCESSFUL("Successful"),
        CANCELLING("Cancelling"),
        CANCELLED("Cancelled");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** Auto Scaling's word. */
        public String word() {
            return word;
        }
    }
}
