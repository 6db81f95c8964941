package io.plimsoll.assertions.capacity;

import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which rate to try next. The answer depends on the plan and on the probes so far alone, so that a search can be played
 * again from its evidence.
 *
 * <ol>
 *   <li>Ramp: from the start upwards by the plan's growth until a probe fails (downwards, if the first one does). These
 *       probes only bracket, and are half as long as the others.
 *   <li>Hint: what the failed probe still delivered is close to what the stack holds, so the next two probes are half a
 *       resolution below and above it. Where the stack collapses under overload the hint is wrong; that costs two probes.
 *   <li>Bisection at the geometric mean until the bracket is as narrow as the resolution.
 *   <li>The failing end is tried a second time, since one disturbed probe must not lower the answer.
 *   <li>Hold: a long probe at the passing end. If it fails, the search goes on below it.
 * </ol>
 *
 * An inconclusive probe is repeated as often as the plan allows; after that the search ends without an answer.
 */
public final class CapacitySearch {
    private CapacitySearch() {}

    /** What a probe is for. */
    public enum Kind {
        RAMP,
        HINT,
        BISECT,
        CONFIRM,
        HOLD
    }

    /** What to do next. */
    public sealed interface Step permits Probe, Done {}

    /**
     * Offer a rate for a time, and see whether it is held.
     *
     * @param kind what for
     * @param ratePerSecond requests per second, &gt; 0
     * @param length how long
     */
    public record Probe(Kind kind, double ratePerSecond, Duration length) implements Step {
        public Probe {
            if (!(ratePerSecond > 0 && Double.isFinite(ratePerSecond))) {
                throw new IllegalArgumentException("probe: rate must be finite and > 0, was " + ratePerSecond);
            }
        }
    }

    /**
     * The search is over.
     *
     * @param highestPassing the highest rate that was held through the long hold; empty if none was
     * @param lowestFailing the lowest rate that was not; empty if the ceiling was held
     * @param complete whether the bracket is as narrow as asked, and confirmed at both ends
     * @param reason why it ended, in one sentence
     */
    public record Done(Optional<Double> highestPassing, Optional<Double> lowestFailing, boolean complete, String reason)
            implements Step {}

    /** The step after these probes, which are in the order they were made. */
    public static Step next(SearchPlan plan, List<ProbeResult> probes) {
        Bracket bracket = Bracket.of(probes);
        Optional<Double> open = open(bracket);
        if (open.isPresent() && bracket.tries(open.get()) > plan.repeats() + bracket.failures(open.get()) * 2) {
            return done(bracket, false, "the probes at " + written(open.get()) + " stayed inconclusive");
        }
        if (probes.size() >= plan.mostProbes()) {
            return done(bracket, false, "gave up after " + probes.size() + " probes, the most that the plan allows");
        }
        if (open.isPresent()) {
            Probe last = probes.get(probes.size() - 1).step();
            return new Probe(last.kind(), open.get(), last.length());
        }
        return search(plan, bracket);
    }

    /**
     * What a search has shown that ends before its time.
     *
     * @param reason why, in one sentence
     */
    public static Done brokenOff(List<ProbeResult> probes, String reason) {
        return done(Bracket.of(probes), false, reason);
    }

    /** The rate of the latest probe, if it has no outcome yet. */
    private static Optional<Double> open(Bracket bracket) {
        List<ProbeResult> probes = bracket.probes();
        if (probes.isEmpty()) {
            return Optional.empty();
        }
        ProbeResult last = probes.get(probes.size() - 1);
        double rate = last.step().ratePerSecond();
        boolean undecided =
                last.outcome() == Outcome.INCONCLUSIVE || bracket.byRate().get(rate) == Outcome.INCONCLUSIVE;
        return undecided ? Optional.of(rate) : Optional.empty();
    }

    private static Step search(SearchPlan plan, Bracket bracket) {
        OptionalDouble low = bracket.highestPassing();
        OptionalDouble high = bracket.lowestFailing();
        if (high.isEmpty()) {
            return low.isEmpty() ? ramp(plan, plan.startPerSecond()) : upwards(plan, bracket, low.getAsDouble());
        }
        if (low.isEmpty()) {
            double lower = high.getAsDouble() / plan.growth();
            return lower < 1 ? done(bracket, false, "not even one request a second was held") : ramp(plan, lower);
        }
        return between(plan, bracket, low.getAsDouble(), high.getAsDouble());
    }

    private static Step upwards(SearchPlan plan, Bracket bracket, double low) {
        if (low < plan.ceilingPerSecond()) {
            return ramp(plan, Math.min(low * plan.growth(), plan.ceilingPerSecond()));
        }
        return bracket.held(low)
                ? done(bracket, true, "the ceiling of " + written(low) + " was held")
                : new Probe(Kind.HOLD, low, plan.hold());
    }

    private static Step between(SearchPlan plan, Bracket bracket, double low, double high) {
        if (high <= low * (1 + plan.resolution()) * (1 + 1e-9)) {
            return confirmed(plan, bracket, low, high);
        }
        return hint(plan, bracket, low)
                .filter(rate -> rate > low && rate < high)
                .map(rate -> new Probe(Kind.HINT, rate, plan.probe()))
                .orElseGet(() -> new Probe(Kind.BISECT, Math.sqrt(low * high), plan.probe()));
    }

    /** Half a resolution below what a failed probe delivered, and if that passes a resolution above it; no more. */
    private static Optional<Double> hint(SearchPlan plan, Bracket bracket, double low) {
        List<ProbeResult> hinted = bracket.probes().stream()
                .filter(probe -> probe.step().kind() == Kind.HINT)
                .toList();
        if (hinted.isEmpty()) {
            return bracket.deliveredBeyond(low).map(good -> good / Math.sqrt(1 + plan.resolution()));
        }
        boolean first = hinted.stream()
                        .map(probe -> probe.step().ratePerSecond())
                        .distinct()
                        .count()
                == 1;
        return first && hinted.get(0).step().ratePerSecond() == low
                ? Optional.of(low * (1 + plan.resolution()))
                : Optional.empty();
    }

    private static Step confirmed(SearchPlan plan, Bracket bracket, double low, double high) {
        boolean heldToFail = bracket.probes().stream()
                .anyMatch(probe ->
                        probe.step().kind() == Kind.HOLD && probe.step().ratePerSecond() == high);
        if (bracket.failures(high) < 2 && !heldToFail) {
            return new Probe(Kind.CONFIRM, high, plan.probe());
        }
        return bracket.held(low)
                ? done(
                        bracket,
                        true,
                        "between " + written(low) + ", which was held for "
                                + plan.hold().toMillis() / 1000.0 + " s, and " + written(high) + ", which was not")
                : new Probe(Kind.HOLD, low, plan.hold());
    }

    private static Probe ramp(SearchPlan plan, double rate) {
        return new Probe(Kind.RAMP, rate, plan.probe().dividedBy(2));
    }

    private static Done done(Bracket bracket, boolean complete, String reason) {
        OptionalDouble low = bracket.highestPassing();
        OptionalDouble high = bracket.lowestFailing();
        return new Done(
                low.isPresent() ? Optional.of(low.getAsDouble()) : Optional.empty(),
                high.isPresent() ? Optional.of(high.getAsDouble()) : Optional.empty(),
                complete,
                reason);
    }

    private static String written(double rate) {
        return String.format(java.util.Locale.ROOT, "%.1f /s", rate);
    }
}
