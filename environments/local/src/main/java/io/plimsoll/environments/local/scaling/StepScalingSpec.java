package io.plimsoll.environments.local.scaling;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A step scaling policy: how far the metric is beyond the alarm's threshold says by how much the capacity changes.
 *
 * @param name its name
 * @param enabled whether it acts
 * @param adjustment what the steps' changes mean
 * @param steps at least one, from the lowest on, without gap or overlap
 * @param warmUp EstimatedInstanceWarmup; empty for the group's default
 */
public record StepScalingSpec(
        String name, boolean enabled, Adjustment adjustment, List<Step> steps, Optional<Duration> warmUp)
        implements PolicySpec {
    /**
     * A step.
     *
     * @param lower least distance from the threshold; empty for minus infinity
     * @param upper greatest distance from the threshold; empty for infinity
     * @param change as the adjustment type says
     */
    public record Step(OptionalDouble lower, OptionalDouble upper, int change) {
        double from() {
            return lower.orElse(Double.NEGATIVE_INFINITY);
        }

        double to() {
            return upper.orElse(Double.POSITIVE_INFINITY);
        }

        /** Above the threshold the lower bound is inclusive and the upper exclusive, below it the other way round. */
        boolean holds(double distance) {
            if (distance >= 0) {
                return distance >= from() && distance < to();
            }
            return distance > from() && distance <= to();
        }
    }

    public StepScalingSpec {
        steps = steps.stream().sorted(Comparator.comparingDouble(Step::from)).toList();
        PolicySpec.require(!steps.isEmpty(), name, "it needs at least one step adjustment");
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            PolicySpec.require(
                    step.from() < step.to(),
                    name,
                    "a step's lower bound must be below its upper bound, were " + step.from() + " and " + step.to());
            PolicySpec.require(
                    i == 0 || steps.get(i - 1).to() == step.from(),
                    name,
                    "steps must leave no gap and not overlap, one begins at " + step.from());
        }
    }

    @Override
    public String type() {
        return "StepScaling";
    }

    /** Change of the step that holds a distance from the threshold; empty if none does. */
    Optional<Integer> change(double distance) {
        return steps.stream()
                .filter(step -> step.holds(distance))
                .map(Step::change)
                .findFirst();
    }
}
