package io.plimsoll.simulations;

import io.plimsoll.assertions.capacity.CapacitySearch;
import io.plimsoll.assertions.capacity.SearchPlan;
import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.Observations;
import io.plimsoll.environments.aws.TopologyDiscovery;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.environments.aws.disturb.DisturbanceException;
import io.plimsoll.environments.aws.disturb.GroupFreezer;
import io.plimsoll.environments.aws.disturb.GroupSize;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.report.CapacitySentences;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.simulations.capacity.CapacityDrive;
import io.plimsoll.simulations.capacity.CapacityFindings;
import io.plimsoll.simulations.capacity.CapacitySeries;
import io.plimsoll.simulations.capacity.Pacer;
import io.plimsoll.simulations.capacity.ProbeReading;
import io.plimsoll.simulations.capacity.SizeCurve;
import io.plimsoll.simulations.capacity.StackCost;
import io.plimsoll.simulations.plan.SearchSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A run whose rate is searched: what it adds to a run of fixed rates. */
final class CapacityRun implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    /** Groups may take so long on AWS to reach their size, and never less than the second. */
    private static final Duration LONGEST_LAUNCH = Duration.ofMinutes(15);

    private static final Duration SHORTEST_LAUNCH = Duration.ofSeconds(90);

    private final RunInputs inputs;
    private final GroupSize size;
    private final SortedMap<String, Double> prices;
    private final Phase searching;
    private final Duration limit;
    private final Optional<Double> mostUsd;
    private volatile Optional<Duration> affordable = Optional.empty();
    private final CapacityDrive drive;
    private final Consumer<String> told;
    private final AtomicReference<Path> log = new AtomicReference<>();

    private CapacityRun(RunInputs inputs, SearchSpec spec, Consumer<String> told) {
        this.inputs = inputs;
        this.told = told;
        this.size = size(inputs, spec);
        this.limit = spec.riseLimit();
        this.mostUsd = spec.mostUsd();
        this.prices = EnvironmentFile.prices(inputs.options().environmentFile());
        LoadPlan bounds = inputs.planAt(Instant.EPOCH);
        this.searching = bounds.phase(SearchSpec.PHASE).orElseThrow();
        if (inputs.traffic().of(SearchSpec.PHASE).requestsPerVisit() != 1) {
            throw new DocumentException("-Dtraffic: a search for capacity needs a mix of single requests, and '"
                    + inputs.traffic().of(SearchSpec.PHASE).name() + "' has journeys");
        }
        SearchPlan plan = spec.plan(
                searching.fromRequestsPerSecond(),
                searching.toRequestsPerSecond(),
                inputs.environment().timeScale());
        this.drive = new CapacityDrive(
                plan,
                Duration.between(bounds.whole().start(), searching.window().start()),
                inputs.environment().permission().maxRequests(),
                new ProbeReading(
                        spec.slos(),
                        spec.riseLimit(),
                        spec.hold(),
                        () -> GatlingLog.read(Objects.requireNonNull(log.get(), "the search has begun"))
                                .requests()),
                line -> told.accept("  " + line),
                CLOCK,
                CapacityDrive.Wait.REAL);
    }

    private static GroupSize size(RunInputs inputs, SearchSpec spec) {
        return inputs.options()
                .instances()
                .map(text -> GroupSize.parse(text)
                        .orElseThrow(
                                () -> new DocumentException("-Dinstances: " + GroupSize.RULE + ", was '" + text + "'")))
                .orElse(spec.size());
    }

    /** Empty unless the profile of the run searches. */
    static Optional<CapacityRun> of(RunInputs inputs, Consumer<String> told) {
        return inputs.plan().profile().search().map(spec -> new CapacityRun(inputs, spec, told));
    }

    /** When users start. */
    Pacer pacer() {
        return drive.pacer();
    }

    /**
     * Holds the stack's scaling groups at the size that the search is about.
     *
     * @param found the stack
     * @param opened takes what gives them back
     * @return the stack as it then is
     * @throws RunFailure if that is not permitted, or does not succeed
     */
    Topology held(Topology found, Consumer<AutoCloseable> opened, Reached reached, AwsClients clients)
            throws InterruptedException {
        Environment environment = inputs.environment();
        List<Resource> groups = found.of(ResourceKind.SCALING_GROUP);
        if (groups.isEmpty()) {
            affordable = affordable(found);
            return found;
        }
        if (!environment.find().elsewhere().isEmpty()) {
            throw new RunFailure(
                    RunFailure.Cause.USAGE,
                    "a search for capacity is of one region, and find.elsewhere names others: "
                            + String.join(", ", environment.find().elsewhere().keySet()));
        }
        Optional<String> refusal = GroupFreezer.refusal(environment.disturbing(), size);
        if (refusal.isPresent()) {
            throw new RunFailure(
                    RunFailure.Cause.USAGE,
                    "a search for capacity holds the scaling groups at one size, and may not; " + refusal.get());
        }
        Duration scaled = Duration.ofMillis(Math.round(LONGEST_LAUNCH.toMillis() * environment.timeScale()));
        GroupFreezer freezer = new GroupFreezer(
                clients.openActing(reached.deployed()),
                environment.observe().targetHealthPoll(),
                scaled.compareTo(SHORTEST_LAUNCH) < 0 ? SHORTEST_LAUNCH : scaled,
                CLOCK);
        opened.accept(freezer);
        try {
            Map<String, Integer> sizes = freezer.freeze(groups, size);
            told.accept("Scaling groups are held: "
                    + sizes.entrySet().stream()
                            .map(group -> group.getKey() + " at " + group.getValue())
                            .collect(Collectors.joining(", ")));
        } catch (DisturbanceException e) {
            throw new RunFailure(
                    RunFailure.Cause.UNAVAILABLE, "the scaling groups cannot be held at one size: " + e.getMessage());
        }
        Topology held = new TopologyDiscovery(clients, environment).discover();
        affordable = affordable(held);
        return held;
    }

    /** How long the search may last by what it may cost; empty if it may cost anything. */
    private Optional<Duration> affordable(Topology stack) {
        return mostUsd.map(usd -> StackCost.lasts(
                StackCost.of(stack, prices)
                        .orElseThrow(() -> new RunFailure(
                                RunFailure.Cause.USAGE,
                                "search: most-usd limits what the search costs, and no machine of the stack has a price;"
                                        + " name prices in " + inputs.options().environmentFile())),
                usd));
    }

    /** Begins to search: load flows since that moment, and is written to this log. */
    void start(Path log, Instant begun) {
        this.log.set(log);
        drive.start(begun, searching.window().length(), affordable);
    }

    /** The load that was really sent, as a plan. */
    Optional<LoadPlan> sent() {
        return drive.sent(inputs.plan().profile().name());
    }

    /** The load that was sent so far, to the end of what it may take. */
    Optional<LoadPlan> soFar(LoadPlan bounds) {
        return sent().map(sent -> {
            Instant end = sent.whole().end();
            if (!end.isBefore(bounds.whole().end())) {
                return sent;
            }
            double rate = sent.phases().get(sent.phases().size() - 1).toRequestsPerSecond();
            List<Phase> phases = new ArrayList<>(sent.phases());
            phases.add(new Phase(
                    SearchSpec.PHASE, new TimeWindow(end, bounds.whole().end()), rate, rate));
            return new LoadPlan(sent.profile(), phases, sent.marks());
        });
    }

    /**
     * Keeps the result, and says it in a few lines.
     *
     * @param content what the client saw
     * @param seen what was observed
     * @return the result as metrics, for SLOs to name
     */
    List<Series> conclude(EvidenceDirectory evidence, GatlingLog.Content content, Observations seen) {
        CapacitySearch.Done done = drive.done()
                .orElseGet(() -> CapacitySearch.brokenOff(
                        drive.tried().stream().map(CapacityDrive.Tried::result).toList(), "it was broken off"));
        CapacityFindings findings = new CapacityFindings(
                drive.tried(), content.requests(), seen.series(), seen.topologyAtEnd(), limit.toMillis());
        CapacityResult result = withLaw(
                findings.result(
                        done, inputs.environment().rates().peakPerSecond(), StackCost.of(seen.topologyAtEnd(), prices)),
                EarlierSearches.like(evidence));
        evidence.writeCapacity(result);
        told.accept("");
        CapacitySentences.of(result).forEach(told);
        return CapacitySeries.of(
                result,
                sent().map(LoadPlan::whole).orElseGet(() -> content.requests().span()));
    }

    /** Where searches like it were made at two other sizes or more, the law is that of the sizes. */
    static CapacityResult withLaw(CapacityResult found, List<CapacityResult> earlier) {
        List<CapacityResult> searches = new ArrayList<>(List.of(found));
        searches.addAll(earlier);
        return SizeCurve.of(searches).map(found::with).orElse(found);
    }

    @Override
    public void close() {
        drive.close();
    }
}
