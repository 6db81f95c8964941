package io.plimsoll.results.verdict;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run came to in numbers, so that other runs can be compared with it without its evidence; {@code figures.json}.
 *
 * @param format version of this form, {@link #FORMAT}
 * @param runId the run
 * @param started when it began
 * @param stage name of the stage
 * @param environment name of the environment
 * @param profile name of the load profile
 * @param outcome of the run
 * @param values what each SLO's subject came to, in seconds, percent, per second, bytes, bytes per second or a plain
 *     number, by subject and window, such as {@code p95(read) during steady}; all finite
 * @param window which part of the run {@code requests} are of: {@code steady}, or {@code after-warm-up} if there is none
 * @param requests what the client saw, ordered by request name
 */
public record Figures(
        String format,
        String runId,
        Instant started,
        String stage,
        String environment,
        String profile,
        Outcome outcome,
        SortedMap<String, Double> values,
        String window,
        List<OfRequest> requests) {

    /** The form this version writes and reads. */
    public static final String FORMAT = "plimsoll-figures/1";

    /**
     * One request name.
     *
     * @param name the request
     * @param count requests sent, OK and KO
     * @param perSecond the same per second of the window
     * @param errorPercent KO of all, in percent
     * @param p50Millis median response time of OK responses; empty if there was none
     * @param p95Millis their 95th percentile
     * @param p99Millis their 99th percentile
     * @param maxMillis the longest, exactly
     */
    public record OfRequest(
            String name,
            long count,
            double perSecond,
            double errorPercent,
            Optional<Double> p50Millis,
            Optional<Double> p95Millis,
            Optional<Double> p99Millis,
            Optional<Double> maxMillis) {}

    public Figures {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        requests = List.copyOf(requests);
        values.forEach((key, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("figures: " + key + " must be finite, was " + value);
            }
        });
    }

    /** Whether another run was one of the same kind: same stage, environment and load profile. */
    public boolean comparableWith(String otherStage, String otherEnvironment, String otherProfile) {
        return stage.equals(otherStage) && environment.equals(otherEnvironment) && profile.equals(otherProfile);
    }
}
