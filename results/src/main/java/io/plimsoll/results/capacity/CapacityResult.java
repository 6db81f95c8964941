package io.plimsoll.results.capacity;

import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What a search for capacity found; {@code capacity.json} of the evidence. The capacity lies between the highest rate
 * that passed and the lowest that failed.
 *
 * @param highestPassing requests per second of the highest probe that passed and was confirmed; empty if none passed
 * @param lowestFailing requests per second of the lowest probe that failed; empty if none failed
 * @param target requests per second that the stage must hold; empty if it names none
 * @param instances instances of the scaling group that was searched, held constant; ≥ 1
 * @param usdPerMillionRequests cost at the highest passing rate; empty if no price is known
 * @param probes every rate that was tried, in order of time
 * @param scalability the fitted law; empty if there were too few points
 * @param binding what limits; empty if nothing could be shown to (unattributed)
 */
public record CapacityResult(
        Optional<Double> highestPassing,
        Optional<Double> lowestFailing,
        Optional<Double> target,
        int instances,
        Optional<Double> usdPerMillionRequests,
        List<Probe> probes,
        Optional<Scalability> scalability,
        Optional<Binding> binding) {

    /**
     * One rate that was tried.
     *
     * @param offered requests per second offered
     * @param achieved requests per second answered OK
     * @param outcome whether the SLOs held
     * @param reason why, in one sentence
     * @param window when
     * @param p95Millis 95th percentile of the response times of OK responses; empty if there were too few
     */
    public record Probe(
            double offered,
            double achieved,
            Outcome outcome,
            String reason,
            TimeWindow window,
            Optional<Double> p95Millis) {
        public Probe {
            if (!(offered > 0 && achieved >= 0 && Double.isFinite(offered + achieved))) {
                throw new IllegalArgumentException("capacity probe: offered must be finite and > 0, achieved finite and"
                        + " >= 0, were " + offered + " and " + achieved);
            }
        }
    }

    /**
     * The Universal Scalability Law X(N) = λN / (1 + σ(N − 1) + κN(N − 1)), as fitted (Gunther, <em>Guerrilla Capacity
     * Planning</em>, 2007).
     *
     * @param of what N counts, such as {@code instances} or {@code requests in flight}
     * @param lambda throughput at N = 1, requests per second
     * @param sigma contention, in [0, 1]
     * @param kappa coherence, ≥ 0
     * @param measured the points fitted
     * @param curve the law with its 95 % band, ascending in N
     */
    public record Scalability(
            String of, double lambda, double sigma, double kappa, List<Point> measured, List<Band> curve) {
        public Scalability {
            measured = List.copyOf(measured);
            curve = List.copyOf(curve);
            for (int i = 1; i < curve.size(); i++) {
                if (!(curve.get(i).n() > curve.get(i - 1).n())) {
                    throw new IllegalArgumentException("scalability: curve must ascend in N, at "
                            + curve.get(i).n());
                }
            }
        }
    }

    /** Throughput in requests per second at N. */
    public record Point(double n, double throughput) {}

    /** Throughput in requests per second at N by the law, with the 95 % interval of the mean. */
    public record Band(double n, double low, double fitted, double high) {}

    /**
     * The resource that limits.
     *
     * @param kind what it is
     * @param resource its id
     * @param metric catalogue name of the metric that saturates
     * @param reason how that was found, in one sentence
     */
    public record Binding(ResourceKind kind, String resource, String metric, String reason) {}

    public CapacityResult {
        probes = List.copyOf(probes);
        if (instances < 1) {
            throw new IllegalArgumentException("capacity: instances must be >= 1, were " + instances);
        }
        if (highestPassing.isPresent() && lowestFailing.isPresent() && !(highestPassing.get() < lowestFailing.get())) {
            throw new IllegalArgumentException(
                    "capacity: the highest passing rate must be below the lowest failing, were " + highestPassing.get()
                            + " and " + lowestFailing.get());
        }
    }

    /** How far the highest passing rate is above the target, as a ratio of it; negative below. Empty if either is unknown. */
    public Optional<Double> headroom() {
        return target.filter(rate -> rate > 0).flatMap(rate -> highestPassing.map(passing -> passing / rate - 1));
    }
}
