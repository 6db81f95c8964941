package io.plimsoll.results.observation;

import java.time.Instant;

/**
 * One datapoint.
 *
 * @param start start of its period
 * @param value finite, in the series' unit
 */
public record Sample(Instant start, double value) {
    public Sample {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("sample at " + start + ": value must be finite, was " + value);
        }
    }
}
