package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A group's activities, the newest first; the oldest are forgotten. Not safe for several threads. */
final class ActivityLog {
    private static final int KEPT = 1000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** An activity while it goes on. */
    static final class Entry {
        private ScalingActivity activity;

        private Entry(ScalingActivity activity) {
            this.activity = activity;
        }

        void status(ScalingActivity.Status status) {
            if (activity.end().isEmpty()) {
                change(activity.description(), status, activity.statusMessage(), activity.end());
            }
        }

        void describe(String description) {
            change(description, activity.status(), activity.statusMessage(), activity.end());
        }

        /** Ends it; does nothing if it has ended. */
        void end(ScalingActivity.Status status, Optional<String> message, Instant at) {
            if (activity.end().isEmpty()) {
                change(activity.description(), status, message, Optional.of(at));
            }
        }

        ScalingActivity view() {
            return activity;
        }

        private void change(
                String description, ScalingActivity.Status status, Optional<String> message, Optional<Instant> end) {
            activity = new ScalingActivity(
                    activity.id(),
                    description,
                    activity.cause(),
                    status,
                    message,
                    activity.start(),
                    end,
                    activity.zone());
        }
    }

    Entry begin(String description, String cause, Instant at, String zone) {
        Entry entry = new Entry(new ScalingActivity(
                UUID.randomUUID().toString(),
                description,
                cause,
                ScalingActivity.Status.IN_PROGRESS,
                Optional.empty(),
                at,
                Optional.empty(),
                zone));
        entries.addFirst(entry);
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
        return entry;
    }

    List<ScalingActivity> activities() {
        return new ArrayList<>(entries.stream().map(entry -> entry.activity).toList());
    }
}
