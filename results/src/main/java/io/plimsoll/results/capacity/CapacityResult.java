package io.plimsoll.results.capacity;

import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a search for capacity found; {@code capacity.json} of the evidence. The capacity lies between the highest rate
 * that passed and the lowest that failed.
 *
 * @param highestPassing requests per second of the highest probe that passed and was confirmed; empty if none passed
 * @param lowestFailing requests per second of the lowest probe that failed; empty if none failed
 * @param complete whether that is an answer: both ends confirmed, and the stack of one size all the while
 * @param reason why the search ended, or why it gives no answer, in one sentence
 * @param target requests per second that the stage must hold; empty if it names none
 * @param groups instances of each scaling group, held constant
 * @param limiting the scaling group of the instance that limits; empty if none does
 * @param instances those of the limiting group, or all of the stack if none limits; ≥ 1
 * @param cost what the stack costs; empty if no price is known
 * @param probes every rate that was tried, in order of time
 * @param scalability the fitted law; empty if there were too few points
 * @param binding what limits; empty if nothing could be shown to (unattributed)
 */
public record CapacityResult(
        Optional<Double> highestPassing,
        Optional<Double> lowestFailing,
        boolean complete,
        String reason,
        Optional<Double> target,
        SortedMap<String, Integer> groups,
        Optional<String> limiting,
        int instances,
        Optional<Cost> cost,
        List<Probe> probes,
        Optional<Scalability> scalability,
        Optional<Binding> binding) {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double REQUESTS = 1e6;

    /**
     * What the stack costs while it is of this size: its machines, without traffic, storage and load balancers.
     *
     * @param usdPerHour US dollars an hour, ≥ 0
     * @param of what is counted, such as {@code 7 x local.small}
     * @param without parts whose price is not known
     */
    public record Cost(double usdPerHour, List<String> of, List<String> without) {
        public Cost {
            of = List.copyOf(of);
            without = List.copyOf(without);
            if (!(usdPerHour >= 0 && Double.isFinite(usdPerHour))) {
                throw new IllegalArgumentException(
                        "capacity: cost must be finite and >= 0 US dollars an hour, was " + usdPerHour);
            }
        }
    }

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
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
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

    /** The same result with a law that was fitted to more than it. */
    public CapacityResult with(Scalability law) {
        return new CapacityResult(
                highestPassing,
                lowestFailing,
                complete,
                reason,
                target,
                groups,
                limiting,
                instances,
                cost,
                probes,
                Optional.of(law),
                binding);
    }

    /** Requests per second that an instance holds: the highest passing rate over the instances. Empty if none passed. */
    public Optional<Double> perInstance() {
        return highestPassing.map(rate -> rate / instances);
    }

    /** US dollars that a million requests cost at the highest passing rate. Empty if rate or price is unknown. */
    public Optional<Double> usdPerMillionRequests() {
        return highestPassing.flatMap(
                rate -> cost.map(known -> known.usdPerHour() / (rate * SECONDS_PER_HOUR) * REQUESTS));
    }

    /** How long load was sent at the rates that were tried, without warm-up and pauses. */
    public Duration probed() {
        return probes.stream().map(probe -> probe.window().length()).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * How long a staircase would have taken for the same answer: from the rate of the first probe upwards, each step as
     * high as the answer is wide and as long as the shortest probe of the lowest failing rate, until the first step that is
     * not held, and then the same hold. Empty if the search has no answer with two ends.
     */
    public Optional<Duration> stairs() {
        Optional<Duration> step = lengths(lowestFailing).min(Comparator.naturalOrder());
        Optional<Duration> hold = lengths(highestPassing).max(Comparator.naturalOrder());
        if (!complete || step.isEmpty() || hold.isEmpty()) {
            return Optional.empty();
        }
        double low = highestPassing.orElseThrow();
        double width = lowestFailing.orElseThrow() - low;
        double begin = Math.min(low, probes.get(0).offered());
        long steps = 1 + (long) Math.ceil((low - begin) / width);
        return Optional.of(step.get().multipliedBy(steps).plus(hold.get()));
    }

    private Stream<Duration> lengths(Optional<Double> rate) {
        return probes.stream()
                .filter(probe -> rate.isPresent() && probe.offered() == rate.get())
                .map(probe -> probe.window().length());
    }
}
