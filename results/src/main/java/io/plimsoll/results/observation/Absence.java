package io.plimsoll.results.observation;

/** What it means when a metric has no datapoint for a period. */
public sealed interface Absence {
    /** A healthy source always publishes: a missing datapoint is unknown. */
    record Dense() implements Absence {}

    /** Always published, as if dense, and may be less than zero: a distance, not a quantity. */
    record Signed() implements Absence {}

    /**
     * Published only when nonzero (error counters): a missing datapoint is zero if and only if the companion metric of
     * the same resource has a datapoint in that period, which proves that the source was alive.
     *
     * @param companion catalogue name of the metric that proves life
     */
    record Sparse(String companion) implements Absence {}

    /**
     * Always published, with one value that is not a measurement.
     *
     * @param value the sentinel (RDS ReplicaLag publishes -1)
     * @param means what it says; the thing measured is broken, so an SLO on it fails
     */
    record Sentinel(double value, String means) implements Absence {}
}
