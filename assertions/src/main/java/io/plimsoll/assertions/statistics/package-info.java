/**
 * What a number that was measured on a sample says about the truth: one-sided 95 % bounds for percentiles and ratios.
 *
 * <p>Both take requests as independent. Seconds of a real run are correlated, which makes the true uncertainty larger
 * than the bounds say; with many thousand requests the bounds are narrow, and a result close to its limit should be read
 * with that in mind.
 *
 * <pre>{@code
 * BinomialBounds.ranks(299, 0.99).upper()   // 299: the largest of 299 values bounds p99 with 95 % confidence
 * BinomialBounds.ranks(298, 0.99).upper()   // empty: one sample short
 * }</pre>
 */
@NullMarked
package io.plimsoll.assertions.statistics;

import org.jspecify.annotations.NullMarked;
