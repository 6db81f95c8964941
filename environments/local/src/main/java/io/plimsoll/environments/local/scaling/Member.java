package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.InstanceView;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An instance of a group from the decision to launch it until it is gone. */
final class Member {
    final String zone;
    final ActivityLog.Entry launch;
    final CompletableFuture<InstanceView> launching;
    GroupInstance.Lifecycle lifecycle = GroupInstance.Lifecycle.PENDING;
    boolean healthy = true;
    Optional<String> id = Optional.empty();
    Optional<Instant> inService = Optional.empty();
    Optional<ActivityLog.Entry> termination = Optional.empty();
    boolean gone;

    Member(String zone, ActivityLog.Entry launch, CompletableFuture<InstanceView> launching) {
        this.zone = zone;
        this.launch = launch;
        this.launching = launching;
    }

    Optional<GroupInstance> view() {
        return id.map(name -> new GroupInstance(name, zone, lifecycle, healthy));
    }
}
