package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.scaling.RefreshStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Replaces every instance that a group has at its start, as many at a time as its preferences allow.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html">How an instance
 *     refresh works</a>
 */
final class InstanceRefresh {
    private final String id = UUID.randomUUID().toString();
    private final RefreshPreferences preferences;
    private final Instant start;
    private final Set<String> old;
    private final int total;
    private State state = State.PENDING;
    private Optional<String> reason = Optional.empty();
    private Optional<Instant> end = Optional.empty();
    /** Instances that are replaced and whose successors are warm; never fewer than before. */
    private int finished;

    InstanceRefresh(RefreshPreferences preferences, GroupMembers members, Instant start) {
        this.preferences = preferences;
        this.start = start;
        List<String> present =
                members.where(Member::isCapacity).stream().map(Member::name).toList();
        old = new LinkedHashSet<>(preferences.skipMatching() ? List.of() : present);
        total = old.size();
    }

    boolean isOver() {
        return end.isPresent();
    }

    /** Stops replacing; what has been replaced stays so. */
    void cancel() {
        state = State.CANCELLING;
    }

    /** Whether an instance is one to replace. */
    boolean isOld(Member member) {
        return old.contains(member.name());
    }

    /** Instances beyond the desired capacity that it has launched before it ends others. */
    int surge(int desired) {
        if (state != State.IN_PROGRESS || preferences.maxHealthyPercent() == 100) {
            return 0;
        }
        int extra = Math.max(1, desired * (preferences.maxHealthyPercent() - 100) / 100);
        return Math.min(extra, old.size());
    }

    /** Takes one step: ends old instances as long as enough others serve. */
    void progress(GroupMembers members, ScalingGroupSpec group, Instant now) {
        if (state == State.CANCELLING) {
            finish(State.CANCELLED, now);
            return;
        }
        state = State.IN_PROGRESS;
        Duration warmUp = preferences.warmUp().orElse(group.warmUp());
        old.removeIf(each -> members.find(each).filter(Member::isCapacity).isEmpty());
        int serving = members.warm(now, warmUp);
        int least = least(group.desired());
        while (!old.isEmpty() && serving - 1 >= least) {
            String oldest = old.iterator().next();
            Member member = members.find(oldest).orElseThrow();
            serving -= member.isWarm(now, warmUp) ? 1 : 0;
            members.takeOut(member, Causes.refreshed(now, oldest), Causes::refreshing, now);
            old.remove(oldest);
        }
        List<Member> warming = members.where(member -> member.isCapacity() && !member.isWarm(now, warmUp));
        int successors = members.where(member -> member.isWarm(now, warmUp) && !isOld(member))
                .size();
        finished = Math.max(finished, Math.min(total - old.size(), successors));
        reason = warming.stream()
                .findFirst()
                .map(member -> "Waiting for instances to warm up before continuing. For example: " + member.name()
                        + " is warming up.");
        if (old.isEmpty() && warming.isEmpty() && members.capacity() >= group.desired()) {
            finish(State.SUCCESSFUL, now);
        }
    }

    /** Instances that must go on serving. Where nothing may be missing and nothing surplus, one is replaced at a time. */
    private int least(int desired) {
        int healthy = (int) Math.ceil(desired * preferences.minHealthyPercent() / 100.0);
        return preferences.maxHealthyPercent() == 100 ? Math.min(healthy, desired - 1) : healthy;
    }

    private void finish(State last, Instant now) {
        state = last;
        reason = Optional.empty();
        end = Optional.of(now);
    }

    String id() {
        return id;
    }

    RefreshStatus status() {
        int percent = total == 0 || state == State.SUCCESSFUL ? 100 : finished * 100 / total;
        int left = state == State.SUCCESSFUL ? 0 : total - finished;
        return new RefreshStatus(id, preferences, state, reason, start, end, percent, left);
    }
}
