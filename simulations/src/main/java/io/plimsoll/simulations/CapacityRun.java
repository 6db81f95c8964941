package io.plimsoll.simulations;

import io.plimsoll.assertions.capacity.SearchPlan;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.simulations.capacity.CapacityDrive;
import io.plimsoll.simulations.capacity.CapacityFindings;
import io.plimsoll.simulations.capacity.Pacer;
import io.plimsoll.simulations.capacity.ProbeReading;
import io.plimsoll.simulations.plan.SearchSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A run whose rate is searched: what it adds to a run of fixed rates. */
final class CapacityRun implements AutoCloseable {
    private final RunInputs inputs;
    private final Phase searching;
    private final CapacityDrive drive;
    private final AtomicReference<Path> log = new AtomicReference<>();

    private CapacityRun(RunInputs inputs, SearchSpec spec, Consumer<String> told) {
        this.inputs = inputs;
        LoadPlan bounds = inputs.planAt(Instant.EPOCH);
        this.searching = bounds.phase(SearchSpec.PHASE).orElseThrow();
        SearchPlan plan = spec.plan(
                searching.fromRequestsPerSecond(),
                searching.toRequestsPerSecond(),
                inputs.environment().timeScale());
        this.drive = new CapacityDrive(
                plan,
                Duration.between(bounds.whole().start(), searching.window().start()),
                inputs.traffic().of(SearchSpec.PHASE).requestsPerVisit(),
                new ProbeReading(
                        spec.slos(),
                        spec.riseLimit(),
                        plan.hold(),
                        () -> GatlingLog.read(log.get()).requests()),
                told,
                Clock.systemUTC());
    }

    /** Empty unless the profile of the run searches. */
    static Optional<CapacityRun> of(RunInputs inputs, Consumer<String> told) {
        return inputs.plan().profile().search().map(spec -> new CapacityRun(inputs, spec, told));
    }

    /** When users start. */
    Pacer pacer() {
        return drive.pacer();
    }

    /** Begins to search: load flows, and is written to this log. */
    void start(Path log) {
        this.log.set(log);
        drive.start(searching.window().length());
    }

    /** The load that was really sent, as a plan. */
    Optional<LoadPlan> sent() {
        return drive.sent(inputs.plan().profile().name());
    }

    /**
     * Keeps the result, and says it in a few lines. A search during which the group changed its size has none.
     *
     * @param series what was observed
     */
    List<String> conclude(EvidenceDirectory evidence, GatlingLog.Content content, List<Series> series) {
        if (drive.done().isEmpty()) {
            return List.of("Capacity: the search was broken off");
        }
        CapacityFindings findings = new CapacityFindings(drive.tried(), content.requests(), series);
        double target = inputs.environment().rates().peakPerSecond();
        CapacityResult result = findings.result(drive.done().get(), target);
        evidence.writeCapacity(result);
        return List.of(
                "Capacity: " + bracket(result) + " requests/s ("
                        + drive.done().get().reason() + ")"
                        + findings.changedSize()
                                .map(sizes -> "; the group went from " + sizes
                                        + " instances meanwhile: freeze it, this is the capacity of no size")
                                .orElse(""),
                "Limited by: "
                        + result.binding().map(CapacityResult.Binding::reason).orElse("unattributed"),
                result.headroom()
                        .map(share -> String.format(
                                Locale.ROOT,
                                "Headroom: %+.0f %% against the %.0f requests/s of the stage",
                                share * 100,
                                target))
                        .orElse("Headroom: unknown"));
    }

    private static String bracket(CapacityResult result) {
        String low = result.highestPassing()
                .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
                .orElse("0");
        return result.lowestFailing()
                .map(rate -> String.format(Locale.ROOT, "[%s, %.1f]", low, rate))
                .orElse("at least " + low);
    }

    @Override
    public void close() {
        drive.close();
    }
}
