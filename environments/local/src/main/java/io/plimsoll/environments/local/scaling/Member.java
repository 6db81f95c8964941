package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.scaling.GroupInstance.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An instance of a group from the decision to launch it until it is gone. */
final class Member {
    final String zone;
    final ActivityLog.Entry launch;
    final CompletableFuture<InstanceView> launching;
    Lifecycle lifecycle = Lifecycle.PENDING;
    Optional<String> id = Optional.empty();
    Optional<Instant> inService = Optional.empty();
    Optional<ActivityLog.Entry> leaving = Optional.empty();
    /** Why it is not healthy, as an activity's cause; empty while it is. */
    Optional<String> unhealthy = Optional.empty();

    boolean isProtected;
    /** Whether it serves without being a target, as the group was told not to register instances. */
    boolean unregistered;

    boolean gone;

    Member(String zone, ActivityLog.Entry launch, CompletableFuture<InstanceView> launching) {
        this.zone = zone;
        this.launch = launch;
        this.launching = launching;
    }

    /** Its id; empty text while it is being launched. */
    String name() {
        return id.orElse("");
    }

    /** Whether it is or will be in service. */
    boolean isCapacity() {
        return lifecycle == Lifecycle.PENDING || lifecycle == Lifecycle.IN_SERVICE;
    }

    /** Whether it has been in service for so long at a time. */
    boolean isWarm(Instant at, Duration warmUp) {
        return lifecycle == Lifecycle.IN_SERVICE
                && inService.filter(since -> !at.isBefore(since.plus(warmUp))).isPresent();
    }

    Optional<GroupInstance> view() {
        return id.map(known -> new GroupInstance(known, zone, lifecycle, unhealthy.isEmpty(), isProtected));
    }
}
