package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What earlier runs of the same stage, environment and profile came to: what an SLO relative to the baseline is judged by.
 * It is chosen when a run begins and kept in its evidence, so that the run is judged alike for ever.
 *
 * @param wanted how many passes were looked for, ≥ 1
 * @param passes the latest of them, the latest first; empty if none has passed yet
 */
public record Baseline(int wanted, List<Pass> passes) {
    public Baseline {
        passes = List.copyOf(passes);
        if (!(wanted >= 1 && passes.size() <= wanted)) {
            throw new IllegalArgumentException(
                    "baseline: must hold at most " + wanted + " passes, holds " + passes.size());
        }
    }

    /**
     * One run that passed.
     *
     * @param runId the run
     * @param started when it began
     * @param values what each subject came to, in canonical units, by {@link Baseline#key}
     */
    public record Pass(String runId, Instant started, SortedMap<String, Double> values) {
        public Pass {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
            values.forEach((key, value) -> {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("baseline: " + key + " must be finite, was " + value);
                }
            });
        }
    }

    /** What a value is known by from run to run: its subject and its window, such as {@code p95(read) during steady}. */
    public static String key(Slo slo) {
        return slo.subject()
                + slo.forEach().map(kind -> " for each " + kind.word()).orElse("")
                + (slo.when().toString().isEmpty() ? "" : " " + slo.when());
    }
}
