package io.plimsoll.simulations.console;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a run at a moment while load is sent: for people to watch, on whatever they watch it.
 *
 * @param at the moment
 * @param plan the load being sent, as far as it is known
 * @param served what the client saw
 * @param stack what was last observed of the stack
 */
public record LiveFacts(Instant at, LoadPlan plan, Served served, Optional<LiveSnapshot> stack) {
    /** Facts of a run whose load others send: what they see is known at its end. */
    public static LiveFacts ofInjectors(int count, Instant at, LoadPlan plan, Optional<LiveSnapshot> stack) {
        return new LiveFacts(at, plan, Served.nothing(count == 1 ? "1 injector" : count + " injectors"), stack);
    }

    /** Name of the phase, {@code draining} after the last. */
    public String phase() {
        return plan.phases().stream()
                .filter(candidate -> candidate.window().contains(at))
                .findFirst()
                .map(Phase::name)
                .orElse("draining");
    }

    /** Requests due in the last second. */
    public double offeredPerSecond() {
        return plan.offeredRequests(new TimeWindow(at.minusSeconds(1), at));
    }

    /** Whole seconds since the plan's start, within the plan. */
    public long elapsedSeconds() {
        long elapsed = Duration.between(plan.whole().start(), at).toSeconds();
        return Math.max(0, Math.min(plannedSeconds(), elapsed));
    }

    /** Length of the plan in seconds. */
    public long plannedSeconds() {
        return Math.round(plan.whole().length().toMillis() / 1000.0);
    }
}
