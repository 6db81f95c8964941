package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A group's activities. Not safe for several threads. */
final class ActivityLog {
    /** Auto Scaling keeps six weeks; a group that replaces an instance every 10 s fills this in more than a day. */
    private static final int LIMIT = 10_000;

    private final Map<String, ScalingActivity> activities = new LinkedHashMap<>();

    /** Begins an activity and returns its id. */
    String begin(String description, String cause, ScalingActivity.Status status, Instant at, String zone) {
        String id = UUID.randomUUID().toString();
        activities.put(
                id, new ScalingActivity(id, description, cause, status, Optional.empty(), at, Optional.empty(), zone));
        if (activities.size() > LIMIT) {
            activities.remove(activities.keySet().iterator().next());
        }
        return id;
    }

    void change(String id, UnaryOperator<ScalingActivity> change) {
        activities.computeIfPresent(id, (same, activity) -> change.apply(activity));
    }

    /** All activities, the latest first. */
    List<ScalingActivity> latestFirst() {
        List<ScalingActivity> all = new ArrayList<>(activities.values());
        Collections.reverse(all);
        return all;
    }
}
