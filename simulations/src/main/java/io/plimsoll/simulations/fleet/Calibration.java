package io.plimsoll.simulations.fleet;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts.InjectorHealth;
import io.plimsoll.results.run.ShardFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a request costs an injector, measured in a run: the mean CPU that its injectors used, times how long they sent. The time in which the injector's JVM was still cold is part of it, so
 * a longer run needs somewhat less: a plan made from it errs to the safe side.
 *
 * @param requests that were sent
 * @param cpuSeconds that the injectors used while they sent them
 */
public record Calibration(long requests, double cpuSeconds) {
    /** How long load took, among the timings of a run. */
    private static final String LOAD = "load";

    public Calibration {
        if (!(requests > 0 && cpuSeconds > 0 && Double.isFinite(cpuSeconds))) {
            throw new IllegalArgumentException("calibration: must be of requests and CPU time > 0, was of " + requests
                    + " and " + cpuSeconds + " s");
        }
    }

    /** CPU time of one request in seconds, on the machine that the run was made on. */
    public double cpuSecondsPerRequest() {
        return cpuSeconds / requests;
    }

    /**
     * Reads it from the evidence of a run, by one injector or by several.
     *
     * @throws DocumentException if the run does not tell
     */
    public static Calibration of(Path run) {
        EvidenceDirectory directory = EvidenceDirectory.open(run);
        Evidence evidence = directory.read();
        if (!evidence.faults().isEmpty()) {
            throw new DocumentException(
                    run + ": cannot calibrate: " + evidence.faults().get(0));
        }
        Optional<LoadPlan> plan = evidence.facts().plan();
        Optional<InjectorHealth> health = evidence.facts().injector();
        long requests = evidence.client()
                .count(
                        Set.of(),
                        Set.of(RequestOutcome.values()),
                        evidence.client().span());
        if (plan.isEmpty() || health.isEmpty() || requests == 0) {
            throw new DocumentException(
                    run + ": cannot calibrate: the run sent nothing, or did not measure its injector");
        }
        double seconds =
                Math.max(seconds(plan.get()), evidence.facts().timings().getOrDefault(LOAD, 0.0));
        List<InjectorHealth> several = several(directory);
        double busy = several.isEmpty()
                ? busyCores(health.get())
                : several.stream().mapToDouble(Calibration::busyCores).sum();
        return new Calibration(requests, busy * seconds);
    }

    private static List<InjectorHealth> several(EvidenceDirectory directory) {
        return IntStream.range(0, ShardContract.MOST)
                .mapToObj(index -> directory.injectors().facts(index))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .map(ShardFacts::health)
                .flatMap(Optional::stream)
                .toList();
    }

    private static double busyCores(InjectorHealth health) {
        return health.cores() * health.cpuRatioMean();
    }

    private static double seconds(LoadPlan plan) {
        Duration length = plan.whole().length();
        return length.toMillis() / 1000.0;
    }
}
