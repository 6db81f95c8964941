package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.scaling.ScalingActivity.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The members of a group and what is done to them. Not safe for several threads. */
final class Roster {
    private final ScalingGroupSpec spec;
    private final Estate estate;
    private final Fleet fleet;
    private final ActivityLog log = new ActivityLog();
    private final List<Member> members = new ArrayList<>();
    /** Members that were lost and not yet replaced. */
    private int lost;

    Roster(ScalingGroupSpec spec, Estate estate, Fleet fleet) {
        this.spec = spec;
        this.estate = estate;
        this.fleet = fleet;
    }

    ActivityLog log() {
        return log;
    }

    List<Member> members() {
        return members;
    }

    /** Members that are capacity, present or to come. */
    int capacity() {
        return count(Member::counts);
    }

    int count(Predicate<Member> which) {
        return (int) members.stream().filter(which).count();
    }

    /** Whether a member is on its way but not in the group's metric yet. */
    boolean isWarmingUp() {
        return count(member -> member.counts() && !member.isWarm()) > 0;
    }

    /** Adds members up to a capacity, each in the zone with the fewest; their processes are still to be started. */
    List<Member> add(int desired, String decision, Instant now) {
        int from = capacity();
        List<Member> added = new ArrayList<>();
        while (capacity() < desired) {
            String cause = lost > 0 ? Cause.replacement(now) : Cause.increase(decision, now, from, desired);
            lost = Math.max(0, lost - 1);
            String zone = emptiestZone();
            String activity =
                    log.begin("Launching a new EC2 instance", cause, Status.WAITING_FOR_INSTANCE_ID, now, zone);
            Member member = new Member(zone, activity);
            members.add(member);
            added.add(member);
        }
        lost = 0;
        return added;
    }

    private String emptiestZone() {
        Map<String, Integer> byZone = byZone();
        return spec.zones().stream()
                .min(Comparator.comparing(zone -> byZone.getOrDefault(zone, 0)))
                .orElseThrow();
    }

    private Map<String, Integer> byZone() {
        Map<String, Integer> byZone = new HashMap<>();
        members.stream().filter(Member::counts).forEach(member -> byZone.merge(member.zone(), 1, Integer::sum));
        return byZone;
    }

    /** A member's process runs: makes it a target. */
    void launched(Member member, InstanceView instance) {
        member.launched(instance);
        log.change(
                member.launchActivity(),
                activity -> activity.described("Launching a new EC2 instance: " + instance.id())
                        .at(Status.PRE_IN_SERVICE));
        fleet.register(instance.id());
    }

    /** A member's process could not be started. */
    void notLaunched(Member member, Status status, String why, Instant now) {
        members.remove(member);
        log.change(member.launchActivity(), activity -> activity.failed(status, now, why));
    }

    /** Takes members out of service down to a capacity: of the fullest zone, the oldest first. */
    void remove(int desired, String decision, Instant now) {
        lost = 0;
        int from = capacity();
        List<Member> selected = new ArrayList<>();
        Map<String, Integer> byZone = byZone();
        for (int i = from; i > desired; i--) {
            Optional<Member> next = members.stream()
                    .filter(member -> member.step() == Member.Step.IN_SERVICE && !selected.contains(member))
                    .max(Comparator.<Member, Integer>comparing(member -> byZone.getOrDefault(member.zone(), 0))
                            .thenComparing(Member::launchTime, Comparator.reverseOrder()));
            next.ifPresent(member -> {
                selected.add(member);
                byZone.merge(member.zone(), -1, Integer::sum);
            });
        }
        List<String> ids = selected.stream().map(Member::id).toList();
        String cause = Cause.decrease(decision, now, from, from - ids.size(), ids);
        selected.forEach(member -> retire(member, cause, true, now));
    }

    private void retire(Member member, String cause, boolean healthy, Instant now) {
        String activity = log.begin(
                "Terminating EC2 instance: " + member.id(),
                cause,
                Status.WAITING_FOR_ELB_CONNECTION_DRAINING,
                now,
                member.zone());
        member.leaves(activity, healthy);
        fleet.deregister(member.id());
    }

    /** Takes each member on to where its target and its process have come. */
    void observe(Instant now) {
        Map<String, TargetView.Health> health = new HashMap<>();
        estate.targets().forEach(target -> health.put(target.instanceId(), target.health()));
        Map<String, InstanceView.State> states = new HashMap<>();
        estate.instances().forEach(instance -> states.put(instance.id(), instance.state()));
        for (Member member : List.copyOf(members)) {
            if (member.step() != Member.Step.LAUNCHING) {
                observe(
                        member,
                        Optional.ofNullable(health.get(member.id())),
                        states.getOrDefault(member.id(), InstanceView.State.TERMINATED),
                        now);
            }
        }
    }

    private void observe(Member member, Optional<TargetView.Health> health, InstanceView.State state, Instant now) {
        boolean ended = state == InstanceView.State.TERMINATED;
        if (!member.counts()) {
            leave(member, health, ended, now);
            return;
        }
        if (ended || state == InstanceView.State.SHUTTING_DOWN) {
            lose(member, Cause.endedInstance(now), "the instance has ended", now);
        } else if (health.filter(seen -> seen == TargetView.Health.UNHEALTHY).isPresent() && pastGrace(member, now)) {
            lose(member, Cause.unhealthyTarget(now), "the target is unhealthy", now);
        } else if (member.step() == Member.Step.JOINING
                && health.filter(seen -> seen == TargetView.Health.HEALTHY).isPresent()) {
            member.inService(now);
            log.change(member.launchActivity(), activity -> activity.at(Status.WAITING_FOR_INSTANCE_WARMUP));
        }
        if (member.warmsUp(now, spec.warmUp())) {
            log.change(member.launchActivity(), activity -> activity.ended(Status.SUCCESSFUL, now));
        }
    }

    private boolean pastGrace(Member member, Instant now) {
        return !member.launchTime().plus(spec.healthCheckGrace()).isAfter(now);
    }

    private void lose(Member member, String cause, String why, Instant now) {
        if (!member.isWarm()) {
            log.change(member.launchActivity(), activity -> activity.failed(Status.FAILED, now, why));
        }
        lost++;
        retire(member, cause, false, now);
    }

    private void leave(Member member, Optional<TargetView.Health> health, boolean ended, Instant now) {
        if (member.step() == Member.Step.DRAINING && (ended || health.isEmpty())) {
            member.ends();
            log.change(member.terminationActivity(), activity -> activity.at(Status.IN_PROGRESS));
            fleet.terminate(member.id());
        }
        if (member.step() == Member.Step.ENDING && ended) {
            members.remove(member);
            log.change(member.terminationActivity(), activity -> activity.ended(Status.SUCCESSFUL, now));
        }
    }
}
