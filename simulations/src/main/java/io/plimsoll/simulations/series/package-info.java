/**
 * Several runs in a row: {@link io.plimsoll.simulations.series.NightlyLedger} puts those of all stages into one ledger,
 * {@link io.plimsoll.simulations.series.Matrix} says how each promise is broken on purpose.
 */
@NullMarked
package io.plimsoll.simulations.series;

import org.jspecify.annotations.NullMarked;
