package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.scaling.GroupInstance.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/** A group's instances, and what brings their number to the desired one. Not safe for several threads. */
final class GroupMembers {
    private final List<String> zones;
    private final MemberLife life;
    private final ActivityLog log = new ActivityLog();
    private final List<Member> members = new ArrayList<>();
    /** Causes of the launches that replace instances taken out while the desired capacity stayed. */
    private final Deque<Function<Instant, String>> replacements = new ArrayDeque<>();

    GroupMembers(List<String> zones, Fleet fleet, Executor launcher) {
        this.zones = zones;
        this.life = new MemberLife(fleet, launcher, log);
    }

    /** Moves each instance on by what is seen of it, and takes out those that are not healthy. */
    void progress(Observed observed, Duration warmUp, Set<ScalingProcess> suspended, Instant now) {
        members.forEach(member -> life.progress(member, observed, warmUp, suspended, now));
        members.removeIf(member -> member.gone);
        if (!suspended.contains(ScalingProcess.REPLACE_UNHEALTHY) && !suspended.contains(ScalingProcess.TERMINATE)) {
            for (Member member : where(each -> each.lifecycle == Lifecycle.IN_SERVICE)) {
                member.unhealthy.ifPresent(cause -> takeOut(member, cause, Causes::replacement, now));
            }
        }
    }

    /**
     * Takes an instance out that is to be replaced.
     *
     * @param replacement cause of the launch that replaces it
     */
    ScalingActivity takeOut(Member member, String cause, Function<Instant, String> replacement, Instant now) {
        replacements.add(replacement);
        return takeOut(member, cause, now);
    }

    /** Takes an instance out. */
    ScalingActivity takeOut(Member member, String cause, Instant now) {
        return life.takeOut(member, cause, now);
    }

    ScalingActivity enterStandby(Member member, String cause, Instant now) {
        return life.enterStandby(member, cause, now);
    }

    ScalingActivity exitStandby(Member member, String cause, Instant now) {
        return life.exitStandby(member, cause, now);
    }

    /**
     * Begins the launches or terminations that bring the capacity to the wanted one.
     *
     * @param why sentence on a change of the desired capacity since the last time; empty if there was none
     * @param first instances that are ended before others
     * @return whether it could: false while it backs off after a launch that failed, or may not
     */
    boolean reconcile(
            int wanted, Optional<String> why, Predicate<Member> first, Set<ScalingProcess> suspended, Instant now) {
        String prefix = why.map(sentence -> sentence + "  ").orElse("");
        int actual = capacity();
        if (actual < wanted && (!life.launches(now) || suspended.contains(ScalingProcess.LAUNCH))) {
            return false;
        }
        if (actual > wanted && suspended.contains(ScalingProcess.TERMINATE)) {
            return false;
        }
        if (why.isPresent() || actual >= wanted) {
            replacements.clear();
        }
        for (int i = actual; i < wanted; i++) {
            Function<Instant, String> replacement = replacements.poll();
            launch(replacement == null ? prefix + Causes.started(now, actual, wanted) : replacement.apply(now), now);
        }
        for (int i = actual; i > wanted; i--) {
            Optional<Member> leaving = leaving(first);
            if (leaving.isEmpty()) {
                return false;
            }
            takeOut(
                    leaving.get(),
                    prefix + Causes.takenOut(now, actual, wanted, leaving.get().name()),
                    now);
        }
        return true;
    }

    /** Cause of the next launch, in place of the difference between desired and actual capacity. */
    void launchBecause(Function<Instant, String> cause) {
        replacements.add(cause);
    }

    private void launch(String cause, Instant now) {
        Comparator<String> emptiest = Comparator.comparingLong(this::activeIn);
        String zone = zones.stream()
                .min(Comparator.comparing((String each) -> life.avoids(each, now))
                        .thenComparing(emptiest))
                .orElseThrow();
        members.add(life.launch(zone, cause, now));
    }

    /**
     * The zone that has at least two instances fewer than another; empty if instances are spread evenly, or launches in
     * it failed a short time ago.
     */
    Optional<String> starvedZone(Instant now) {
        long most = zones.stream().mapToLong(this::activeIn).max().orElse(0);
        return zones.stream()
                .filter(zone -> activeIn(zone) + 2 <= most && !life.avoids(zone, now))
                .min(Comparator.comparingLong(this::activeIn));
    }

    private long activeIn(String zone) {
        return active().stream().filter(member -> member.zone.equals(zone)).count();
    }

    /** Of those that scaling in may end: the first ones, then the oldest of the fullest zone. */
    private Optional<Member> leaving(Predicate<Member> first) {
        return active().stream()
                .filter(member -> member.id.isPresent() && !member.isProtected)
                .max(Comparator.comparing((Member member) -> first.test(member))
                        .thenComparing(member -> activeIn(member.zone))
                        .thenComparing(members::indexOf, Comparator.reverseOrder()));
    }

    private List<Member> active() {
        return where(Member::isCapacity);
    }

    /** Members for which something holds, in launch order. */
    List<Member> where(Predicate<Member> holds) {
        return members.stream().filter(holds).toList();
    }

    /** The instance of an id. */
    Optional<Member> find(String id) {
        return members.stream()
                .filter(member -> member.id.equals(Optional.of(id)))
                .findFirst();
    }

    /** Instances that are or will be in service; those on standby or on their way out are none. */
    int capacity() {
        return active().size();
    }

    /** Whether all capacity has warmed up. */
    boolean allWarm(Instant at, Duration warmUp) {
        return active().stream().allMatch(member -> member.isWarm(at, warmUp));
    }

    /** How many instances have warmed up at a time. */
    int warm(Instant at, Duration warmUp) {
        return where(member -> member.isWarm(at, warmUp)).size();
    }

    /** Whether an instance has warmed up at a time. */
    boolean isWarm(String id, Instant at, Duration warmUp) {
        return find(id).filter(member -> member.isWarm(at, warmUp)).isPresent();
    }

    /** Ids of the instances in service. */
    List<String> inService() {
        return where(member -> member.lifecycle == Lifecycle.IN_SERVICE).stream()
                .map(Member::name)
                .toList();
    }

    private int in(Lifecycle lifecycle) {
        return where(member -> member.lifecycle == lifecycle).size();
    }

    GroupMetrics.Sizes sizes(ScalingGroupSpec spec) {
        return new GroupMetrics.Sizes(
                spec.min(),
                spec.max(),
                spec.desired(),
                in(Lifecycle.IN_SERVICE),
                in(Lifecycle.PENDING),
                in(Lifecycle.STANDBY) + in(Lifecycle.ENTERING_STANDBY),
                in(Lifecycle.TERMINATING));
    }

    List<GroupInstance> views() {
        return members.stream().flatMap(member -> member.view().stream()).toList();
    }

    List<ScalingActivity> activities() {
        return log.activities();
    }
}
