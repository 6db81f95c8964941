package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.scaling.GroupInstance.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A group's instances: brings each through its life and their number to the desired one. Nothing waits: a launch runs on
 * an executor, everything else is looked at again in the next step. Not safe for several threads.
 */
final class GroupMembers {
    /** After a launch that failed no other is tried for so long. */
    static final Duration BACK_OFF = Duration.ofSeconds(5);

    private final ScalingGroupSpec spec;
    private final Fleet fleet;
    private final Executor launcher;
    private final ActivityLog log = new ActivityLog();
    private final List<Member> members = new ArrayList<>();
    private Instant launchesFrom = Instant.MIN;
    private int toReplace;

    GroupMembers(ScalingGroupSpec spec, Fleet fleet, Executor launcher) {
        this.spec = spec;
        this.fleet = fleet;
        this.launcher = launcher;
    }

    /** Moves each instance on by what is seen of it. */
    void progress(Observed observed, Instant now) {
        members.forEach(member -> progress(member, observed, now));
        members.removeIf(member -> member.gone);
    }

    private void progress(Member member, Observed observed, Instant now) {
        if (member.id.isEmpty()) {
            launched(member, now);
            return;
        }
        String id = member.id.get();
        switch (member.lifecycle) {
            case PENDING -> {
                if (observed.hasEnded(id)) {
                    fleet.deregister(id);
                    fail(member, "Instance " + id + " ended before it was in service.", now);
                } else if (observed.is(id, TargetView.Health.HEALTHY)) {
                    member.lifecycle = Lifecycle.IN_SERVICE;
                    member.inService = Optional.of(now);
                    member.launch.status(ScalingActivity.Status.WAITING_FOR_INSTANCE_WARMUP);
                    warm(member, now);
                }
            }
            case IN_SERVICE -> {
                warm(member, now);
                if (observed.hasEnded(id)) {
                    replace(member, Causes.ended(now), now);
                } else if (observed.is(id, TargetView.Health.UNHEALTHY)) {
                    replace(member, Causes.failedBalancerCheck(now), now);
                }
            }
            case TERMINATING -> terminate(member, observed, now);
        }
    }

    private void launched(Member member, Instant now) {
        if (!member.launching.isDone()) {
            return;
        }
        try {
            InstanceView instance = member.launching.join();
            member.id = Optional.of(instance.id());
            member.launch.describe("Launching a new EC2 instance: " + instance.id());
            fleet.register(instance.id());
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            fail(member, String.valueOf(cause.getMessage()), now);
        }
    }

    private void fail(Member member, String message, Instant now) {
        member.launch.end(ScalingActivity.Status.FAILED, Optional.of(message), now);
        member.gone = true;
        launchesFrom = now.plus(BACK_OFF);
    }

    private void warm(Member member, Instant now) {
        if (isWarm(member, now)) {
            member.launch.end(ScalingActivity.Status.SUCCESSFUL, Optional.empty(), now);
        }
    }

    private void replace(Member member, String cause, Instant now) {
        member.healthy = false;
        toReplace++;
        takeOut(member, cause, now);
    }

    private void takeOut(Member member, String cause, Instant now) {
        String id = member.id.orElse("");
        member.launch.end(ScalingActivity.Status.CANCELLED, Optional.empty(), now);
        member.lifecycle = Lifecycle.TERMINATING;
        ActivityLog.Entry activity = log.begin("Terminating EC2 instance: " + id, cause, now, member.zone);
        activity.status(ScalingActivity.Status.WAITING_FOR_ELB_CONNECTION_DRAINING);
        member.termination = Optional.of(activity);
        fleet.deregister(id);
    }

    private void terminate(Member member, Observed observed, Instant now) {
        String id = member.id.orElse("");
        if (observed.hasEnded(id)) {
            member.termination.ifPresent(
                    activity -> activity.end(ScalingActivity.Status.SUCCESSFUL, Optional.empty(), now));
            member.gone = true;
        } else if (!observed.isTarget(id)) {
            member.termination.ifPresent(activity -> activity.status(ScalingActivity.Status.IN_PROGRESS));
            fleet.terminate(id);
        }
    }

    /**
     * Begins the launches or terminations that bring the capacity to the desired one.
     *
     * @param why sentence on a change of the desired capacity since the last time; empty if there was none
     * @return whether it could: false while it backs off after a launch that failed
     */
    boolean reconcile(int desired, Optional<String> why, Instant now) {
        String prefix = why.map(sentence -> sentence + "  ").orElse("");
        int actual = capacity();
        if (actual < desired && now.isBefore(launchesFrom)) {
            return false;
        }
        for (int i = actual; i < desired; i++) {
            boolean replacement = why.isEmpty() && toReplace > 0;
            launch(replacement ? Causes.replacement(now) : prefix + Causes.started(now, actual, desired), now);
            toReplace = replacement ? toReplace - 1 : 0;
        }
        for (int i = actual; i > desired; i--) {
            Member leaving = leaving();
            takeOut(leaving, prefix + Causes.takenOut(now, actual, desired, leaving.id.orElse("")), now);
        }
        return true;
    }

    private void launch(String cause, Instant now) {
        String zone = spec.zones().stream()
                .min(Comparator.comparingLong(this::activeIn))
                .orElseThrow();
        ActivityLog.Entry activity = log.begin("Launching a new EC2 instance", cause, now, zone);
        CompletableFuture<InstanceView> launching = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return fleet.launch(zone);
                    } catch (Fleet.LaunchException e) {
                        throw new CompletionException(e);
                    }
                },
                launcher);
        members.add(new Member(zone, activity, launching));
    }

    private long activeIn(String zone) {
        return active().stream().filter(member -> member.zone.equals(zone)).count();
    }

    /** The oldest of the fullest zone. */
    private Member leaving() {
        return active().stream()
                .filter(member -> member.id.isPresent())
                .max(Comparator.comparingLong((Member member) -> activeIn(member.zone))
                        .thenComparing(members::indexOf, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private List<Member> active() {
        return members.stream()
                .filter(member -> member.lifecycle != Lifecycle.TERMINATING)
                .toList();
    }

    /** Instances that are or will be in service; those on their way out are none. */
    int capacity() {
        return active().size();
    }

    /** Whether all capacity has warmed up. */
    boolean allWarm(Instant at) {
        return active().stream().allMatch(member -> isWarm(member, at));
    }

    /** How many instances count in the group's metric at a time. */
    int warm(Instant at) {
        return Math.toIntExact(
                active().stream().filter(member -> isWarm(member, at)).count());
    }

    /** Whether an instance counts in the group's metric at a time. */
    boolean isWarm(String id, Instant at) {
        return active().stream().anyMatch(member -> member.id.equals(Optional.of(id)) && isWarm(member, at));
    }

    private boolean isWarm(Member member, Instant at) {
        return member.inService
                .filter(since -> !at.isBefore(since.plus(spec.warmUp())))
                .isPresent();
    }

    /** Ids of the instances in service. */
    List<String> inService() {
        return members.stream()
                .filter(member -> member.lifecycle == Lifecycle.IN_SERVICE)
                .flatMap(member -> member.id.stream())
                .toList();
    }

    GroupMetrics.Sizes sizes(int desired) {
        long pending = members.stream()
                .filter(member -> member.lifecycle == Lifecycle.PENDING)
                .count();
        return new GroupMetrics.Sizes(desired, inService().size(), Math.toIntExact(pending), members.size());
    }

    List<GroupInstance> views() {
        return members.stream().flatMap(member -> member.view().stream()).toList();
    }

    List<ScalingActivity> activities() {
        return log.activities();
    }
}
