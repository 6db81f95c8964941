package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A group's instance refreshes, of which one at most goes on; the oldest are forgotten. Not safe for several threads. */
final class GroupRefreshes {
    private static final int KEPT = 100;

    private final Deque<InstanceRefresh> refreshes = new ArrayDeque<>();

    /** The one that goes on. */
    Optional<InstanceRefresh> current() {
        return refreshes.stream().filter(refresh -> !refresh.isOver()).findFirst();
    }

    /** Begins one; returns its id. */
    String start(RefreshPreferences preferences, GroupMembers members, Instant now) {
        if (current().isPresent()) {
            throw new Refusal(
                    "InstanceRefreshInProgress",
                    "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.");
        }
        InstanceRefresh refresh = new InstanceRefresh(preferences, members, now);
        refreshes.addFirst(refresh);
        if (refreshes.size() > KEPT) {
            refreshes.removeLast();
        }
        return refresh.id();
    }

    /** Stops the one that goes on; returns its id. */
    String cancel(String group) {
        InstanceRefresh refresh = current()
                .orElseThrow(() -> new Refusal(
                        "ActiveInstanceRefreshNotFound",
                        "No in progress or pending Instance Refresh found for Auto Scaling group " + group));
        refresh.cancel();
        return refresh.id();
    }

    /** All, the newest first. */
    List<RefreshStatus> statuses() {
        return refreshes.stream().map(InstanceRefresh::status).toList();
    }
}
