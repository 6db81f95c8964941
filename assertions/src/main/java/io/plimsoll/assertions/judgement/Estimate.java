package io.plimsoll.assertions.judgement;

import java.util.Optional;

/**
 * What an expression came to in a window, and how sure that is.
 *
 * @param value canonical: seconds, percent, per second, bytes, bytes per second or a plain number; NaN if there is none
 * @param lower the truth is at least this; −∞ if nothing is known
 * @param upper the truth is at most this; ∞ if nothing is known
 * @param samples requests, datapoints or slices it rests on, implied zeros included
 * @param basis what it rests on, for reasons; empty if nothing is to be said
 * @param unknown what was not measured; empty if all was
 * @param broken what a sentinel said; empty if there was none
 * @param inferred whether the bounds come from a confidence interval, and so have a resolution
 */
record Estimate(
        double value,
        double lower,
        double upper,
        long samples,
        String basis,
        Optional<String> unknown,
        Optional<String> broken,
        boolean inferred) {

    /** A number that is known as it is. */
    static Estimate exact(double value, long samples, String basis) {
        return new Estimate(value, value, value, samples, basis, Optional.empty(), Optional.empty(), false);
    }

    /** A number within a confidence interval. */
    static Estimate between(double value, double lower, double upper, long samples, String basis) {
        return new Estimate(value, lower, upper, samples, basis, Optional.empty(), Optional.empty(), true);
    }

    /** No number at all. */
    static Estimate nothing(String why) {
        return new Estimate(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                0,
                "",
                Optional.of(why),
                Optional.empty(),
                false);
    }

    /** Whether there is a number. */
    boolean isKnown() {
        return Double.isFinite(value);
    }

    /** The same, where one of the bounds is no more than what a number can be. */
    Estimate unresolved() {
        return new Estimate(value, lower, upper, samples, basis, unknown, broken, false);
    }

    /** The same with other bounds and value, from the same data. */
    Estimate with(double newValue, double newLower, double newUpper, String newBasis) {
        return new Estimate(newValue, newLower, newUpper, samples, newBasis, unknown, broken, inferred);
    }
}
