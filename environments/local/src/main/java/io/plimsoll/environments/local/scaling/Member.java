package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An instance of a group, from the decision to launch it until it is gone. Guarded by its roster. */
final class Member {
    /** Where it is between two of the group's steps. */
    enum Step {
        /** Its process is being started. */
        LAUNCHING,
        /** It is a target that was never healthy. */
        JOINING,
        IN_SERVICE,
        /** It is a target that drains. */
        DRAINING,
        /** Its process is ending. */
        ENDING
    }

    private final String zone;
    private final String launchActivity;
    private Step step = Step.LAUNCHING;
    private Optional<InstanceView> instance = Optional.empty();
    private Optional<Instant> inServiceSince = Optional.empty();
    private boolean warm;
    private boolean healthy = true;
    private String terminationActivity = "";

    Member(String zone, String launchActivity) {
        this.zone = zone;
        this.launchActivity = launchActivity;
    }

    void launched(InstanceView view) {
        instance = Optional.of(view);
        step = Step.JOINING;
    }

    void inService(Instant at) {
        step = Step.IN_SERVICE;
        inServiceSince = Optional.of(at);
    }

    /** Whether its warm-up ends now. */
    boolean warmsUp(Instant now, Duration warmUp) {
        boolean over = step == Step.IN_SERVICE
                && !warm
                && inServiceSince
                        .filter(since -> !since.plus(warmUp).isAfter(now))
                        .isPresent();
        warm |= over;
        return over;
    }

    void leaves(String activity, boolean asHealthy) {
        step = Step.DRAINING;
        terminationActivity = activity;
        healthy = asHealthy;
    }

    void ends() {
        step = Step.ENDING;
    }

    /** Its id; empty while it is being launched. */
    String id() {
        return instance.map(InstanceView::id).orElse("");
    }

    String zone() {
        return zone;
    }

    Step step() {
        return step;
    }

    String launchActivity() {
        return launchActivity;
    }

    String terminationActivity() {
        return terminationActivity;
    }

    /** When its process was started; never while it is being launched. */
    Instant launchTime() {
        return instance.map(InstanceView::launched).orElse(Instant.MAX);
    }

    /** Whether it is capacity, present or to come. */
    boolean counts() {
        return step == Step.LAUNCHING || step == Step.JOINING || step == Step.IN_SERVICE;
    }

    boolean isWarm() {
        return step == Step.IN_SERVICE && warm;
    }

    GroupInstance view() {
        GroupInstance.Lifecycle lifecycle = switch (step) {
            case LAUNCHING, JOINING -> GroupInstance.Lifecycle.PENDING;
            case IN_SERVICE -> GroupInstance.Lifecycle.IN_SERVICE;
            case DRAINING, ENDING -> GroupInstance.Lifecycle.TERMINATING;
        };
        return new GroupInstance(id(), zone, lifecycle, healthy);
    }
}
