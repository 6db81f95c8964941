package io.plimsoll.environments.local.database;

import java.time.Duration;

/**
 * When a server is taken for lost.
 *
 * @param probeInterval time between two probes; a probe without an answer within 1 s has failed
 * @param strikes probes in a row that must fail, ≥ 1
 * @param stall how long a standby that is being promoted may apply nothing of its backlog before it is given up
 */
public record FailoverPolicy(Duration probeInterval, int strikes, Duration stall) {
    /** Every 300 ms, three strikes: a killed primary is noticed after 0.6 to 0.9 s. */
    public static final FailoverPolicy DEFAULT = new FailoverPolicy(Duration.ofMillis(300), 3, Duration.ofSeconds(20));

    /** The same with another number of strikes. */
    public FailoverPolicy withStrikes(int other) {
        return new FailoverPolicy(probeInterval, other, stall);
    }

    public FailoverPolicy {
        if (probeInterval.isNegative() || probeInterval.isZero()) {
            throw new IllegalArgumentException("failover: probe interval must be > 0, was " + probeInterval);
        }
        if (strikes < 1) {
            throw new IllegalArgumentException("failover: strikes must be >= 1, was " + strikes);
        }
        if (stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException("failover: stall must be > 0, was " + stall);
        }
    }
}
