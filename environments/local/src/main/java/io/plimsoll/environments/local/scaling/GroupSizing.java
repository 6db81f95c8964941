package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A group's sizes, why they changed, and the cooldown that a change by a simple policy begins. Not safe for threads. */
final class GroupSizing {
    private final Cooldown cooldown = new Cooldown();
    private ScalingGroupSpec spec;
    /** Why the desired capacity changed since the last step that acted on it. */
    private Optional<String> why;

    GroupSizing(ScalingGroupSpec spec, Instant created) {
        this.spec = spec;
        this.why = Optional.of(Causes.created(created, spec.desired()));
    }

    /** The group with its sizes now. */
    ScalingGroupSpec spec() {
        return spec;
    }

    /** Why the desired capacity changed; empty if it has not since the last step that acted on it. */
    Optional<String> why() {
        return why;
    }

    /** A step has acted on the change. */
    void done() {
        why = Optional.empty();
    }

    boolean isCooling(Instant now) {
        return cooldown.isOn(now);
    }

    /** Told in each step whether the group's activities go on. */
    void progress(boolean busy, Instant now) {
        cooldown.progress(why.isPresent() || busy, now);
    }

    /** A policy's change. */
    void change(GroupPolicies.Change change) {
        if (change.policy() instanceof SimpleScalingSpec simple) {
            cooldown.begin(simple.cooldown().orElse(spec.cooldown()));
        }
        resize(spec.sized(spec.min(), spec.max(), change.capacity()), change.cause());
    }

    /** A scheduled action's sizes; where they do not fit those of the group by now, it stays as it is. */
    void schedule(ScheduledActionSpec action, Instant now) {
        try {
            constrain(action.min(), action.max(), action.desired(), "a scheduled action", now);
        } catch (Refusal impossible) {
            // AWS leaves the group as it is, too.
            return;
        }
    }

    /**
     * Gives it other sizes; what is empty stays, but the desired capacity is brought between the others.
     *
     * @param by who wants it, as a cause says it
     */
    void constrain(OptionalInt min, OptionalInt max, OptionalInt desired, String by, Instant now) {
        ScalingGroupSpec sizes = sizes(min, max, desired);
        resize(sizes, Causes.constrained(now, by, sizes, spec.desired()));
    }

    private ScalingGroupSpec sizes(OptionalInt min, OptionalInt max, OptionalInt desired) {
        int least = min.orElse(spec.min());
        int most = max.orElse(spec.max());
        if (least < 0 || most < Math.max(least, 1)) {
            throw Refusal.invalid("Max bound, " + most + ", must be greater than or equal to min bound, " + least);
        }
        int wanted = desired.orElse(Math.min(most, Math.max(least, spec.desired())));
        if (wanted < least || wanted > most) {
            throw Refusal.invalid("Desired capacity:" + wanted + " must be between the specified min size:" + least
                    + " and max size:" + most);
        }
        return spec.sized(least, most, wanted);
    }

    private void resize(ScalingGroupSpec sizes, String cause) {
        if (sizes.desired() != spec.desired()) {
            why = Optional.of(why.map(earlier -> earlier + "  ").orElse("") + cause);
        }
        spec = sizes;
    }

    /** Waiting times; what is empty stays. */
    void waiting(Optional<Duration> warmUp, Optional<Duration> defaultCooldown) {
        spec = spec.waiting(warmUp.orElse(spec.warmUp()), defaultCooldown.orElse(spec.cooldown()));
    }

    /** SetDesiredCapacity. */
    void setDesired(int desired, boolean honorCooldown, Instant now) {
        String value = "New SetDesiredCapacity value " + desired;
        if (desired > spec.max()) {
            throw Refusal.invalid(value + " is above max value " + spec.max() + " for the AutoScalingGroup.");
        }
        if (desired < spec.min()) {
            throw Refusal.invalid(value + " is below min value " + spec.min() + " for the AutoScalingGroup.");
        }
        requireNoCooldown(honorCooldown, now);
        String cause = Causes.requested(now, spec.desired(), desired);
        resize(spec.sized(spec.min(), spec.max(), desired), cause);
    }

    /** Refuses while it cools down, if that is to be honoured. */
    void requireNoCooldown(boolean honored, Instant now) {
        if (honored && cooldown.isOn(now)) {
            throw new Refusal(
                    "ScalingActivityInProgress",
                    "The group " + spec.name() + " is in a cooldown, which blocks this action");
        }
    }

    /**
     * Wants so many instances less, with an activity of their own that says why.
     *
     * @param sentence what cannot be done where that would be fewer than the least
     */
    void shrink(int by, String sentence) {
        if (spec.desired() - by < spec.min()) {
            throw Refusal.invalid("Currently, desiredSize equals minSize (" + spec.min() + "). " + sentence);
        }
        spec = spec.sized(spec.min(), spec.max(), spec.desired() - by);
    }

    /** Wants so many instances more, with an activity of their own that says why. */
    void grow(int by) {
        if (spec.desired() + by > spec.max()) {
            throw Refusal.invalid("Moving " + by + " instances out of standby would exceed the group's max size ("
                    + spec.max() + ").");
        }
        spec = spec.sized(spec.min(), spec.max(), spec.desired() + by);
    }
}
