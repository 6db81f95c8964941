package io.plimsoll.assertions.capacity;

import java.time.Duration;

/**
 * How a capacity is searched.
 *
 * @param startPerSecond rate of the first probe, requests per second, &gt; 0
 * @param ceilingPerSecond no probe goes beyond it, ≥ the start
 * @param growth factor between two probes of the ramp, in (1, 10]
 * @param resolution the search ends once the lowest failing rate is at most this much above the highest passing one, as
 *     a share of it, in (0, 1)
 * @param probe length of a probe
 * @param coolDown pause after each probe
 * @param hold length of the confirmation, ≥ that of a probe
 * @param repeats how often a rate is tried again whose probe was inconclusive, ≥ 0
 * @param mostProbes the search gives up after so many, ≥ 1
 */
public record SearchPlan(
        double startPerSecond,
        double ceilingPerSecond,
        double growth,
        double resolution,
        Duration probe,
        Duration coolDown,
        Duration hold,
        int repeats,
        int mostProbes) {
    public SearchPlan {
        if (!(startPerSecond > 0 && ceilingPerSecond >= startPerSecond && Double.isFinite(ceilingPerSecond))) {
            throw new IllegalArgumentException("capacity search: rates must satisfy 0 < start <= ceiling, were "
                    + startPerSecond + " and " + ceilingPerSecond);
        }
        if (!(growth > 1 && growth <= 10)) {
            throw new IllegalArgumentException("capacity search: growth must be in (1, 10], was " + growth);
        }
        if (!(resolution > 0 && resolution < 1)) {
            throw new IllegalArgumentException("capacity search: resolution must be in (0, 1), was " + resolution);
        }
        if (probe.isNegative() || probe.isZero() || coolDown.isNegative() || hold.compareTo(probe) < 0) {
            throw new IllegalArgumentException(
                    "capacity search: a probe must be longer than 0, a cool-down not negative and the hold at least as"
                            + " long as a probe, were " + probe + ", " + coolDown + " and " + hold);
        }
        if (repeats < 0 || mostProbes < 1) {
            throw new IllegalArgumentException("capacity search: repeats must be >= 0 and the most probes >= 1, were "
                    + repeats + " and " + mostProbes);
        }
    }
}
