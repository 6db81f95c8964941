package io.plimsoll.assertions.binding;

import io.plimsoll.results.observation.ResourceKind;
import java.util.List;

/**
 * How close one resource was to what it can bear, step by step.
 *
 * @param kind what it is
 * @param resource its id
 * @param metric catalogue name of what was measured
 * @param law how it binds
 * @param level for each step, in the law's unit; NaN where nothing is known
 */
public record Pressure(ResourceKind kind, String resource, String metric, Law law, List<Double> level) {
    public Pressure {
        level = List.copyOf(level);
    }

    boolean fullAt(int step) {
        return level.get(step) >= law.full();
    }

    boolean knownAt(int step) {
        return !Double.isNaN(level.get(step));
    }

    String name() {
        return metric + " of " + resource;
    }
}
