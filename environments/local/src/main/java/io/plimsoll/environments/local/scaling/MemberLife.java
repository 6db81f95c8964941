package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.scaling.GroupInstance.Lifecycle;
import io.plimsoll.environments.local.scaling.ScalingActivity.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Brings one instance through its life: launched, registered, in service, drained, ended. Nothing waits: a launch runs on
 * an executor, everything else is looked at again in the next step. Not safe for several threads.
 */
final class MemberLife {
    /** After a launch that failed no other is tried for so long, and none in its zone for six times as long. */
    static final Duration BACK_OFF = Duration.ofSeconds(5);

    private final Fleet fleet;
    private final Executor launcher;
    private final ActivityLog log;
    private final Map<String, Instant> avoidedZones = new HashMap<>();
    private Instant launchesFrom = Instant.MIN;

    MemberLife(Fleet fleet, Executor launcher, ActivityLog log) {
        this.fleet = fleet;
        this.launcher = launcher;
        this.log = log;
    }

    /** Whether launches are tried at a time. */
    boolean launches(Instant now) {
        return !now.isBefore(launchesFrom);
    }

    /** Whether a launch in the zone has failed a short time ago. */
    boolean avoids(String zone, Instant now) {
        return now.isBefore(avoidedZones.getOrDefault(zone, Instant.MIN));
    }

    Member launch(String zone, String cause, Instant now) {
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
        return new Member(zone, activity, launching);
    }

    /**
     * Moves an instance on by what is seen of it.
     *
     * @param warmUp the group's
     * @param suspended what the group does not do
     */
    void progress(Member member, Observed observed, Duration warmUp, Set<ScalingProcess> suspended, Instant now) {
        if (member.id.isEmpty()) {
            launched(member, suspended, now);
            return;
        }
        switch (member.lifecycle) {
            case PENDING -> pending(member, observed, warmUp, now);
            case IN_SERVICE -> {
                warm(member, warmUp, now);
                if (!suspended.contains(ScalingProcess.HEALTH_CHECK)) {
                    check(member, observed, now);
                }
            }
            case ENTERING_STANDBY -> {
                if (!observed.isTarget(member.name())) {
                    member.lifecycle = Lifecycle.STANDBY;
                    member.leaving.ifPresent(activity -> activity.end(Status.SUCCESSFUL, Optional.empty(), now));
                }
            }
            case STANDBY -> {}
            case TERMINATING -> terminate(member, observed, now);
        }
    }

    private void launched(Member member, Set<ScalingProcess> suspended, Instant now) {
        if (!member.launching.isDone()) {
            return;
        }
        try {
            InstanceView instance = member.launching.join();
            member.id = Optional.of(instance.id());
            member.launch.describe("Launching a new EC2 instance: " + instance.id());
            member.unregistered = suspended.contains(ScalingProcess.ADD_TO_LOAD_BALANCER);
            if (!member.unregistered) {
                fleet.register(instance.id());
            }
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            avoidedZones.put(member.zone, now.plus(BACK_OFF.multipliedBy(6)));
            fail(member, String.valueOf(cause.getMessage()), now);
        }
    }

    private void pending(Member member, Observed observed, Duration warmUp, Instant now) {
        if (observed.hasEnded(member.name())) {
            fleet.deregister(member.name());
            fail(member, "Instance " + member.name() + " ended before it was in service.", now);
        } else if (member.unregistered || observed.is(member.name(), TargetView.Health.HEALTHY)) {
            member.lifecycle = Lifecycle.IN_SERVICE;
            member.inService = Optional.of(now);
            member.leaving.ifPresent(activity -> activity.end(Status.SUCCESSFUL, Optional.empty(), now));
            member.leaving = Optional.empty();
            member.launch.status(Status.WAITING_FOR_INSTANCE_WARMUP);
            warm(member, warmUp, now);
        }
    }

    private void fail(Member member, String message, Instant now) {
        member.launch.end(Status.FAILED, Optional.of(message), now);
        member.gone = true;
        launchesFrom = now.plus(BACK_OFF);
    }

    private static void warm(Member member, Duration warmUp, Instant now) {
        if (member.isWarm(now, warmUp)) {
            member.launch.end(Status.SUCCESSFUL, Optional.empty(), now);
        }
    }

    private static void check(Member member, Observed observed, Instant now) {
        if (member.unhealthy.isEmpty()) {
            if (observed.hasEnded(member.name()) || observed.isStopped(member.name())) {
                member.unhealthy = Optional.of(Causes.ended(now));
            } else if (observed.is(member.name(), TargetView.Health.UNHEALTHY)) {
                member.unhealthy = Optional.of(Causes.failedBalancerCheck(now));
            }
        }
    }

    /** Begins the end of an instance: it drains, and then its process is ended. */
    ScalingActivity takeOut(Member member, String cause, Instant now) {
        member.launch.end(Status.CANCELLED, Optional.empty(), now);
        member.lifecycle = Lifecycle.TERMINATING;
        ActivityLog.Entry activity = log.begin("Terminating EC2 instance: " + member.name(), cause, now, member.zone);
        activity.status(Status.WAITING_FOR_ELB_CONNECTION_DRAINING);
        member.leaving = Optional.of(activity);
        fleet.deregister(member.name());
        return activity.view();
    }

    private void terminate(Member member, Observed observed, Instant now) {
        if (observed.hasEnded(member.name())) {
            member.leaving.ifPresent(activity -> activity.end(Status.SUCCESSFUL, Optional.empty(), now));
            member.gone = true;
        } else if (!observed.isTarget(member.name())) {
            member.leaving.ifPresent(activity -> activity.status(Status.IN_PROGRESS));
            fleet.terminate(member.name());
        }
    }

    /** Takes an instance in service out of the target group while it goes on running. */
    ScalingActivity enterStandby(Member member, String cause, Instant now) {
        member.launch.end(Status.SUCCESSFUL, Optional.empty(), now);
        member.lifecycle = Lifecycle.ENTERING_STANDBY;
        ActivityLog.Entry activity =
                log.begin("Moving EC2 instance to Standby: " + member.name(), cause, now, member.zone);
        member.leaving = Optional.of(activity);
        fleet.deregister(member.name());
        return activity.view();
    }

    /** Registers an instance on standby again. */
    ScalingActivity exitStandby(Member member, String cause, Instant now) {
        member.lifecycle = Lifecycle.PENDING;
        ActivityLog.Entry activity =
                log.begin("Moving EC2 instance out of Standby: " + member.name(), cause, now, member.zone);
        member.leaving = Optional.of(activity);
        fleet.register(member.name());
        return activity.view();
    }
}
