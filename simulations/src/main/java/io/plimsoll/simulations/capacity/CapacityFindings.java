package io.plimsoll.simulations.capacity;

import io.plimsoll.assertions.binding.Law;
import io.plimsoll.assertions.binding.Limiting;
import io.plimsoll.assertions.binding.SaturationOrder;
import io.plimsoll.assertions.capacity.BindingResource;
import io.plimsoll.assertions.capacity.BindingResource.Candidate;
import io.plimsoll.assertions.capacity.BindingResource.Reading;
import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.ScalabilityFit;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.observation.Unit;
import io.plimsoll.results.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Turns a search and what was observed meanwhile into its result. */
public final class CapacityFindings {
    private static final Set<String> ALL = Set.of();
    private static final Set<RequestOutcome> OK = Set.of(RequestOutcome.OK);

    private final List<CapacityDrive.Tried> tried;
    private final ClientRecord client;
    private final List<Series> series;
    private final Topology topology;
    private final double limitMillis;

    /**
     * What a search left.
     *
     * @param tried its probes, in order
     * @param client what the client saw
     * @param series what was observed
     * @param topology the stack at the end
     * @param limitMillis response time, in milliseconds, that the 95th percentile of a second must not exceed
     */
    public CapacityFindings(
            List<CapacityDrive.Tried> tried,
            ClientRecord client,
            List<Series> series,
            Topology topology,
            double limitMillis) {
        this.tried = List.copyOf(tried);
        this.client = client;
        this.series = List.copyOf(series);
        this.topology = topology;
        this.limitMillis = limitMillis;
    }

    /**
     * The result. A search during which the stack changed its size gives no answer: it is about no size.
     *
     * @param done how the search ended
     * @param targetPerSecond the rate that the stage must hold
     * @param cost what the stack costs
     */
    public CapacityResult result(CapacitySearch.Done done, double targetPerSecond, Optional<CapacityResult.Cost> cost) {
        GroupSizes sizes = GroupSizes.of(topology, series, searched());
        Optional<CapacityResult.Binding> binding = done.lowestFailing().flatMap(this::binding);
        Optional<String> limiting =
                binding.flatMap(this::group).filter(group -> sizes.bySize().containsKey(group));
        int all = Math.max(1, sizes.instances());
        return new CapacityResult(
                done.highestPassing(),
                done.lowestFailing(),
                done.complete() && sizes.moved().isEmpty(),
                sizes.moved().orElse(done.reason()),
                Optional.of(targetPerSecond),
                sizes.bySize(),
                limiting,
                limiting.map(group -> Math.max(1, sizes.bySize().getOrDefault(group, all)))
                        .orElse(all),
                cost,
                tried.stream().map(this::probe).toList(),
                scalability(),
                binding);
    }

    /** From the first probe to the end of the last; empty if there was none. */
    private Optional<TimeWindow> searched() {
        return tried.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeWindow(
                        tried.get(0).window().start(),
                        tried.get(tried.size() - 1).window().end()));
    }

    /** The scaling group of the instance that limits. */
    private Optional<String> group(CapacityResult.Binding binding) {
        return topology.of(ResourceKind.INSTANCE).stream()
                .filter(instance -> instance.id().equals(binding.resource()))
                .flatMap(instance -> Optional.ofNullable(instance.facts().get("scaling-group")).stream())
                .findFirst();
    }

    private CapacityResult.Probe probe(CapacityDrive.Tried probe) {
        TimeWindow window = ProbeReading.wholeSeconds(probe.window());
        var times = client.responseTimes(ALL, OK, window);
        return new CapacityResult.Probe(
                probe.result().step().ratePerSecond(),
                good(window),
                probe.result().outcome(),
                probe.reason(),
                probe.window(),
                times.getTotalCount() > 0 ? Optional.of((double) times.getValueAtPercentile(95)) : Optional.empty());
    }

    private double good(TimeWindow window) {
        return client.count(ALL, OK, window)
                * 1000.0
                / Math.max(1, window.length().toMillis());
    }

    /**
     * N is the mean number of requests in flight, by Little's law: throughput times mean response time. That holds only where
     * the number does not grow, so only rates that were held count.
     */
    private Optional<CapacityResult.Scalability> scalability() {
        List<ScalabilityFit.Point> points = new ArrayList<>();
        for (CapacityDrive.Tried probe : tried) {
            TimeWindow window = ProbeReading.wholeSeconds(probe.window());
            var times = client.responseTimes(ALL, OK, window);
            double inFlight = good(window) * times.getMean() / 1000;
            boolean steady = probe.result().outcome() == Outcome.PASS;
            if (steady && times.getTotalCount() > 0 && inFlight > 0) {
                points.add(new ScalabilityFit.Point(inFlight, good(window)));
            }
        }
        return FittedCurve.of("requests in flight", points);
    }

    /**
     * By the utilisation law over the rates that were held: every resource by itself, so of a group its hottest member counts,
     * not the mean. Where another sort of resource was full first, that is what limits: a cache, a lock, a pool, the network.
     */
    private Optional<CapacityResult.Binding> binding(double failingPerSecond) {
        Optional<CapacityResult.Binding> byLaw = byLaw(failingPerSecond);
        Optional<SaturationOrder.Cause> first = searched()
                .flatMap(
                        window -> new Limiting(client, series, topology, window, window.start()).ofClient(limitMillis));
        boolean elsewhere =
                first.filter(cause -> cause.pressure().law() != Law.BUSY).isPresent();
        return byLaw.isEmpty() || elsewhere ? first.map(Limiting::binding) : byLaw;
    }

    private Optional<CapacityResult.Binding> byLaw(double failingPerSecond) {
        List<Series> utilisations = series.stream()
                .filter(one -> one.unit() == Unit.PERCENT && one.name().endsWith("cpu"))
                .filter(one -> one.kind() != ResourceKind.SCALING_GROUP)
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (Series one : utilisations) {
            candidate(one, failingPerSecond).ifPresent(candidates::add);
        }
        return BindingResource.find(candidates, failingPerSecond)
                .flatMap(found -> utilisations.stream()
                        .filter(one -> named(one).equals(found.candidate().name()))
                        .findFirst()
                        .map(one ->
                                new CapacityResult.Binding(one.kind(), one.resource(), one.name(), found.reason())));
    }

    private static String named(Series one) {
        return one.name() + " of " + one.resource();
    }

    private Optional<Candidate> candidate(Series one, double failingPerSecond) {
        List<Reading> readings = new ArrayList<>();
        OptionalDouble atFailure = OptionalDouble.empty();
        for (CapacityDrive.Tried probe : tried) {
            TimeWindow window = ProbeReading.wholeSeconds(probe.window());
            OptionalDouble busy = within(one, window).stream()
                    .mapToDouble(sample -> Math.max(0, sample.value() / 100))
                    .average();
            double served = good(window);
            if (busy.isPresent() && probe.result().outcome() == Outcome.PASS && served > 0) {
                readings.add(new Reading(served, busy.getAsDouble()));
            }
            if (busy.isPresent() && probe.result().step().ratePerSecond() == failingPerSecond) {
                atFailure = busy;
            }
        }
        return atFailure.isPresent()
                ? Optional.of(new Candidate(named(one), readings, atFailure.getAsDouble()))
                : Optional.empty();
    }

    private static List<Sample> within(Series one, TimeWindow window) {
        return one.samples().stream()
                .filter(sample -> window.contains(sample.start()))
                .toList();
    }
}
