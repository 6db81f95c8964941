package io.plimsoll.assertions.capacity;

import io.plimsoll.results.verdict.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the probes so far say of each rate that was tried. A hold outweighs the probes of its rate; of probes of equal
 * length the majority counts, and a rate on which they are even is open. A failure counts for every higher rate: a pass
 * above it is not trusted.
 *
 * @param byRate outcome by rate, ascending; {@code INCONCLUSIVE} where it is open
 * @param probes those it was made of
 */
record Bracket(NavigableMap<Double, Outcome> byRate, List<ProbeResult> probes) {
    static Bracket of(List<ProbeResult> probes) {
        NavigableMap<Double, Outcome> byRate = new TreeMap<>();
        for (ProbeResult probe : probes) {
            byRate.computeIfAbsent(probe.step().ratePerSecond(), rate -> outcome(rate, probes));
        }
        return new Bracket(byRate, probes);
    }

    private static Outcome outcome(double rate, List<ProbeResult> probes) {
        Optional<Outcome> held = probes.stream()
                .filter(probe ->
                        probe.step().ratePerSecond() == rate && probe.step().kind() == CapacitySearch.Kind.HOLD)
                .map(ProbeResult::outcome)
                .filter(outcome -> outcome != Outcome.INCONCLUSIVE)
                .reduce((earlier, later) -> later);
        if (held.isPresent()) {
            return held.get();
        }
        long passes = count(rate, Outcome.PASS, probes);
        long failures = count(rate, Outcome.FAIL, probes);
        return passes == failures ? Outcome.INCONCLUSIVE : passes > failures ? Outcome.PASS : Outcome.FAIL;
    }

    private static long count(double rate, Outcome outcome, List<ProbeResult> probes) {
        return probes.stream()
                .filter(probe -> probe.step().ratePerSecond() == rate && probe.outcome() == outcome)
                .count();
    }

    long tries(double rate) {
        return probes.stream()
                .filter(probe -> probe.step().ratePerSecond() == rate)
                .count();
    }

    long failures(double rate) {
        return count(rate, Outcome.FAIL, probes);
    }

    boolean held(double rate) {
        return probes.stream()
                .anyMatch(probe -> probe.step().ratePerSecond() == rate
                        && probe.step().kind() == CapacitySearch.Kind.HOLD
                        && probe.outcome() == Outcome.PASS);
    }

    OptionalDouble lowestFailing() {
        return byRate.entrySet().stream()
                .filter(entry -> entry.getValue() == Outcome.FAIL)
                .mapToDouble(Map.Entry::getKey)
                .min();
    }

    /** The highest rate that passed below every one that failed. */
    OptionalDouble highestPassing() {
        double limit = lowestFailing().orElse(Double.POSITIVE_INFINITY);
        return byRate.entrySet().stream()
                .filter(entry -> entry.getValue() == Outcome.PASS && entry.getKey() < limit)
                .mapToDouble(Map.Entry::getKey)
                .max();
    }

    /** Good throughput of the failed probe that offered the least beyond a rate; empty if none failed beyond it. */
    Optional<Double> deliveredBeyond(double rate) {
        return probes.stream()
                .filter(probe -> probe.outcome() == Outcome.FAIL && probe.step().ratePerSecond() > rate)
                .min(Comparator.comparingDouble(probe -> probe.step().ratePerSecond()))
                .map(ProbeResult::goodPerSecond);
    }
}
