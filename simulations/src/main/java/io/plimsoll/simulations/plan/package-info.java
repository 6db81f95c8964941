/**
 * What load is sent, as data: {@link io.plimsoll.simulations.plan.LoadProfile} says how the rate moves, {@link
 * io.plimsoll.simulations.plan.Traffic} what is requested. Both are files that a user edits.
 */
@NullMarked
package io.plimsoll.simulations.plan;

import org.jspecify.annotations.NullMarked;
