package io.plimsoll.assertions.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which resource limits a stack, by the utilisation law: a resource that is busy U of the time at X requests a second
 * spends D = U / X on each, and so can serve at most 1 / D. The resource that limits has the lowest such ceiling, its
 * ceiling explains the rate that failed, and it was busy when that rate failed.
 *
 * <p>Source: Denning and Buzen, The Operational Analysis of Queueing Network Models, ACM Computing Surveys 10 (1978).
 */
public final class BindingResource {
    /** Busier than this at the failing rate counts as saturated: queues are long well before 100 %. */
    static final double SATURATED = 0.85;
    /** How far a ceiling may be from the rate that failed and still explain it, as a share of it. */
    static final double EXPLAINS = 0.25;
    /** A demand is told from at least so many rates. */
    static final int FEWEST_READINGS = 3;

    private BindingResource() {}

    /**
     * How busy one resource was at one rate.
     *
     * @param perSecond requests served, per second, &gt; 0
     * @param utilisation busy share in [0, 1]
     */
    public record Reading(double perSecond, double utilisation) {
        public Reading {
            if (!(perSecond > 0 && utilisation >= 0 && Double.isFinite(perSecond + utilisation))) {
                throw new IllegalArgumentException("reading: rate must be > 0 and utilisation >= 0, both finite, were "
                        + perSecond + " and " + utilisation);
            }
        }
    }

    /**
     * What is known of a resource.
     *
     * @param name how a person knows it, such as {@code host cpu of i-0123}
     * @param readings at rates that were held
     * @param atFailure its busy share at the lowest rate that failed, in [0, 1]
     */
    public record Candidate(String name, List<Reading> readings, double atFailure) {
        public Candidate {
            readings = List.copyOf(readings);
            if (!(atFailure >= 0 && Double.isFinite(atFailure))) {
                throw new IllegalArgumentException(
                        name + ": utilisation at failure must be finite and >= 0, was " + atFailure);
            }
        }
    }

    /**
     * A resource that explains the limit.
     *
     * @param candidate which
     * @param demandSeconds seconds that it spends on a request
     * @param ceilingPerSecond the rate at which it would be busy all the time
     * @param reason the same in one sentence
     */
    public record Binding(Candidate candidate, double demandSeconds, double ceilingPerSecond, String reason) {}

    /**
     * The resource that limits; empty where none explains it.
     *
     * @param candidates every resource with a utilisation; of a group its hottest member, never the mean
     * @param lowestFailingPerSecond the rate that failed
     */
    public static Optional<Binding> find(List<Candidate> candidates, double lowestFailingPerSecond) {
        return candidates.stream()
                .filter(candidate -> candidate.readings().size() >= FEWEST_READINGS)
                .map(candidate -> binding(candidate, lowestFailingPerSecond))
                .flatMap(Optional::stream)
                .filter(binding -> binding.candidate().atFailure() >= SATURATED)
                .filter(binding -> Math.abs(binding.ceilingPerSecond() / lowestFailingPerSecond - 1) <= EXPLAINS)
                .min(Comparator.comparingDouble(Binding::ceilingPerSecond));
    }

    /** Demand is the slope of utilisation over rate: what is busy without load is not spent on requests. */
    private static Optional<Binding> binding(Candidate candidate, double failing) {
        double meanRate = candidate.readings().stream()
                .mapToDouble(Reading::perSecond)
                .average()
                .orElseThrow();
        double meanBusy = candidate.readings().stream()
                .mapToDouble(Reading::utilisation)
                .average()
                .orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (Reading reading : candidate.readings()) {
            covariance += (reading.perSecond() - meanRate) * (reading.utilisation() - meanBusy);
            variance += (reading.perSecond() - meanRate) * (reading.perSecond() - meanRate);
        }
        if (!(variance > 0 && covariance > 0)) {
            return Optional.empty();
        }
        double demand = covariance / variance;
        double idle = meanBusy - demand * meanRate;
        double ceiling = (1 - idle) / demand;
        String reason = String.format(
                Locale.ROOT,
                "%s spends %.2f ms on a request, so it is busy all the time at %.0f /s; at the %.0f /s that failed it was"
                        + " busy %.0f %%",
                candidate.name(),
                demand * 1000,
                ceiling,
                failing,
                candidate.atFailure() * 100);
        return Optional.of(new Binding(candidate, demand, ceiling, reason));
    }
}
