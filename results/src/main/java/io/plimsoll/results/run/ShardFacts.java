package io.plimsoll.results.run;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one injector of several says of its part of the load; {@code injector-<index>.json}.
 *
 * @param format version of this file's format, {@link #FORMAT}
 * @param run the run's id, the same for all its injectors
 * @param index of the injector, from 0
 * @param count of injectors, at least 1
 * @param host name of its machine
 * @param start T0: the moment all injectors were to start at
 * @param latenessMillis how much later this one was ready, ≥ 0
 * @param state {@link RunFacts.State#COMPLETE} if it sent its whole part
 * @param stateReason why it did not; empty if it did
 * @param plan the part it was to send, on the wall clock
 * @param sent from the second of its first request to the end of that of its last; zero-length if there is none
 * @param sentAfterWarmUp requests it sent in the plan's seconds after the warm-up
 * @param integrity whether its log is whole
 * @param health how it fared; empty if it sent for less than a second
 * @param clockOffset the clock of the place for results minus its own; empty if it was not measured
 * @param geometry unit and significant digits of its histograms, {@link #GEOMETRY}
 * @param logSha256 SHA-256 of its request log, in lower-case hexadecimal
 * @param versions of what it ran on, by name
 */
public record ShardFacts(
        String format,
        String run,
        int index,
        int count,
        String host,
        Instant start,
        long latenessMillis,
        RunFacts.State state,
        String stateReason,
        LoadPlan plan,
        TimeWindow sent,
        long sentAfterWarmUp,
        LogIntegrity integrity,
        Optional<RunFacts.InjectorHealth> health,
        Optional<RunFacts.ClockOffset> clockOffset,
        String geometry,
        String logSha256,
        SortedMap<String, String> versions) {
    /** The format this version writes and reads. */
    public static final String FORMAT = "plimsoll-injector/1";
    /** Histograms of equal geometry merge exactly. */
    public static final String GEOMETRY = "milliseconds, 3 significant digits, one-second intervals";

    public ShardFacts {
        if (!(count >= 1 && index >= 0 && index < count)) {
            throw new IllegalArgumentException(
                    "injector: index must be from 0 to count - 1, was " + index + " of " + count);
        }
        if (latenessMillis < 0) {
            throw new IllegalArgumentException("injector " + index + ": lateness must be >= 0, was " + latenessMillis);
        }
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** The same, with the checksum of the log that was published. */
    ShardFacts withLog(String sha256) {
        return new ShardFacts(
                format,
                run,
                index,
                count,
                host,
                start,
                latenessMillis,
                state,
                stateReason,
                plan,
                sent,
                sentAfterWarmUp,
                integrity,
                health,
                clockOffset,
                geometry,
                sha256,
                versions);
    }
}
