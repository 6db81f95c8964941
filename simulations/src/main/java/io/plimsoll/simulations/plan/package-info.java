/**
 * What load is sent, as data: {@link io.plimsoll.simulations.plan.LoadProfile} says how the rate moves, {@link
 * io.plimsoll.simulations.plan.Traffic} what is requested, {@link io.plimsoll.simulations.plan.StagePlan} what is done to
 * the stack meanwhile. All are files that a user edits, and any profile goes with any traffic.
 */
@NullMarked
package io.plimsoll.simulations.plan;

import org.jspecify.annotations.NullMarked;
