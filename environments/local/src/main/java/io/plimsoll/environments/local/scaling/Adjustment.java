package io.plimsoll.environments.local.scaling;

import java.util.OptionalInt;

/**
 * How a step or simple policy changes the capacity.
 *
 * @param type what the amount of a change means
 * @param minMagnitude least number of instances that PercentChangeInCapacity changes by, >= 1; empty for none
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-scaling-adjustment">
 *     Scaling adjustment types</a>
 */
public record Adjustment(Type type, OptionalInt minMagnitude) {
    /** Auto Scaling's AdjustmentType. */
    public enum Type {
        CHANGE_IN_CAPACITY("ChangeInCapacity"),
        EXACT_CAPACITY("ExactCapacity"),
        PERCENT_CHANGE_IN_CAPACITY("PercentChangeInCapacity");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** Auto Scaling's word. */
        public String word() {
            return word;
        }

        /**
         * A type by Auto Scaling's word.
         *
         * @throws IllegalArgumentException if there is none, with the valid ones
         */
        public static Type named(String word) {
            for (Type type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("adjustment type '" + word
                    + "' is not one of ChangeInCapacity, ExactCapacity, PercentChangeInCapacity");
        }
    }

    public Adjustment {
        if (minMagnitude.isPresent() && type != Type.PERCENT_CHANGE_IN_CAPACITY) {
            throw new IllegalArgumentException("MinAdjustmentMagnitude is only for PercentChangeInCapacity");
        }
        if (minMagnitude.isPresent() && minMagnitude.getAsInt() < 1) {
            throw new IllegalArgumentException("MinAdjustmentMagnitude must be >= 1, was " + minMagnitude.getAsInt());
        }
    }

    /** The capacity that a change makes of another, before the group's bounds. */
    int apply(int capacity, int change) {
        return switch (type) {
            case EXACT_CAPACITY -> change;
            case CHANGE_IN_CAPACITY -> capacity + change;
            case PERCENT_CHANGE_IN_CAPACITY -> capacity + instances(capacity * change / 100.0);
        };
    }

    /** Towards zero, but at least one instance, and at least the least magnitude. */
    private int instances(double exact) {
        if (exact == 0) {
            return 0;
        }
        int magnitude = Math.max(1, (int) Math.floor(Math.abs(exact)));
        return (int) Math.signum(exact) * Math.max(magnitude, minMagnitude.orElse(1));
    }
}
