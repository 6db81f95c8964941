package io.plimsoll.results.observation;

import java.time.Duration;
import java.util.List;

/**
 * What one metric of one resource was over the run, as its source told it.
 *
 * @param name catalogue name of the metric
 * @param kind what it was measured of
 * @param resource the resource's id
 * @param origin where it came from, enough to ask again
 * @param unit unit of every sample
 * @param period length of each sample's period
 * @param completeness whether the source gave all it had
 * @param note why it is not complete; empty if it is
 * @param samples strictly ascending by start; gaps are left out, never filled
 */
public record Series(
        String name,
        ResourceKind kind,
        String resource,
        Origin origin,
        Unit unit,
        Duration period,
        Completeness completeness,
        String note,
        List<Sample> samples) {

    /** Whether the source gave all it had. */
    public enum Completeness {
        /** The source answered in full and its answer no longer changed. */
        COMPLETE,
        /** Some of the answer is missing, or it still changed at the settle deadline. */
        PARTIAL,
        /** The source refused (permissions). */
        REFUSED,
        /** The source or the way to it failed. */
        FAILED
    }

    public Series {
        samples = List.copyOf(samples);
        if (!(period.compareTo(Duration.ZERO) > 0)) {
            throw new IllegalArgumentException(name + " of " + resource + ": period must be > 0, was " + period);
        }
        for (int i = 1; i < samples.size(); i++) {
            if (!samples.get(i).start().isAfter(samples.get(i - 1).start())) {
                throw new IllegalArgumentException(name + " of " + resource + ": samples must ascend, at "
                        + samples.get(i).start());
            }
        }
    }
}
