package io.plimsoll.results.run;

import io.plimsoll.results.load.LoadPlan;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was run and how it went; {@code run.json} of the evidence. Written when the run begins (state {@link
 * State#RUNNING}) and again when it ends, so that a killed run leaves a file that says it never finished.
 *
 * @param format version of the evidence format, {@link #FORMAT}
 * @param runId name of the evidence directory
 * @param state whether it ended as planned
 * @param stateReason why it was aborted; empty otherwise
 * @param environment name of the environment
 * @param stage name of the stage
 * @param baseUrl where load was sent; empty until the environment is up
 * @param timeScale how long a minute of AWS takes here: limits on times between marks, and durations of load phases,
 *     are multiplied by it; 1 on AWS
 * @param overrides values of the environment file that the command line replaced, by key
 * @param started when the run began
 * @param ended when its evidence was complete
 * @param plan the load offered; empty if the run ended before load was planned
 * @param injector how the load generator itself fared; empty if it was not measured
 * @param clockOffset the stack's clock minus the injector's; empty if it was not measured
 * @param collection how observation went
 * @param timings seconds spent by step ({@code start}, {@code load}, {@code settle}, {@code judge})
 * @param versions versions of what was used, by name
 */
public record RunFacts(
        String format,
        String runId,
        State state,
        String stateReason,
        String environment,
        String stage,
        String baseUrl,
        double timeScale,
        SortedMap<String, String> overrides,
        Instant started,
        Optional<Instant> ended,
        Optional<LoadPlan> plan,
        Optional<InjectorHealth> injector,
        Optional<ClockOffset> clockOffset,
        Optional<Collection> collection,
        SortedMap<String, Double> timings,
        SortedMap<String, String> versions) {

    /** The evidence format this version writes and reads. */
    public static final String FORMAT = "plimsoll-evidence/1";

    /** The version under whose name the stack's fingerprint stands; {@code stack at the end} if it was another then. */
    public static final String STACK = "stack";

    /** Whether a run ended as planned. */
    public enum State {
        RUNNING,
        COMPLETE,
        ABORTED
    }

    /**
     * How the load generator fared while load was sent.
     *
     * @param cores processors available to it
     * @param cpuRatioMean CPU time of its process over wall time × cores, in [0, 1]
     * @param cpuRatioMax the same over its worst second
     * @param hostCpuRatioMean CPU of its whole machine in [0, 1]; negative readings are never stored
     * @param gcPauseMaxMillis longest stop for garbage collection
     * @param schedulingDelayMaxMillis how late a task due every 100 ms ran at worst
     * @param schedulingDelayP99Millis and in 99 % of the cases
     */
    public record InjectorHealth(
            int cores,
            double cpuRatioMean,
            double cpuRatioMax,
            double hostCpuRatioMean,
            long gcPauseMaxMillis,
            long schedulingDelayMaxMillis,
            long schedulingDelayP99Millis) {
        public InjectorHealth {
            if (!(Double.isFinite(cpuRatioMean) && Double.isFinite(cpuRatioMax) && Double.isFinite(hostCpuRatioMean))) {
                throw new IllegalArgumentException("injector: CPU ratios must be finite, were " + cpuRatioMean + ", "
                        + cpuRatioMax + " and " + hostCpuRatioMean);
            }
        }
    }

    /**
     * The observation endpoint's clock minus the injector's.
     *
     * @param millis the offset
     * @param errorMillis half the round trip plus the resolution of the clock read: the true offset is within ± this
     */
    public record ClockOffset(long millis, long errorMillis) {}

    /**
     * How observation went.
     *
     * @param apiCalls calls made, by {@code service:Operation}
     * @param metricsRequested metrics named in GetMetricData calls; CloudWatch bills these
     * @param costUsd estimated price of those calls
     * @param settled whether late metrics stopped changing before the deadline
     * @param problems what could not be observed and why, one sentence each
     */
    public record Collection(
            SortedMap<String, Long> apiCalls,
            long metricsRequested,
            double costUsd,
            boolean settled,
            List<String> problems) {
        public Collection {
            apiCalls = Collections.unmodifiableSortedMap(new TreeMap<>(apiCalls));
            problems = List.copyOf(problems);
        }
    }

    public RunFacts {
        if (!(timeScale > 0 && timeScale <= 1)) {
            throw new IllegalArgumentException("run " + runId + ": time scale must be in (0, 1], was " + timeScale);
        }
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        timings = Collections.unmodifiableSortedMap(new TreeMap<>(timings));
        timings.forEach((step, seconds) -> {
            if (!Double.isFinite(seconds)) {
                throw new IllegalArgumentException(
                        "run " + runId + ": seconds of " + step + " must be finite, were " + seconds);
            }
        });
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** The same facts of a run that did not end as planned. */
    RunFacts aborted(String reason) {
        return new RunFacts(
                format,
                runId,
                State.ABORTED,
                reason,
                environment,
                stage,
                baseUrl,
                timeScale,
                overrides,
                started,
                ended,
                plan,
                injector,
                clockOffset,
                collection,
                timings,
                versions);
    }
}
