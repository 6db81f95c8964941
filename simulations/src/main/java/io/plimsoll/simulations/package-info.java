/**
 * A run from end to end: {@link io.plimsoll.simulations.RunInputs} (what the files say, checked before anything
 * starts), {@link io.plimsoll.simulations.StageRun} (its life: stack, load, observation, verdict), {@link
 * io.plimsoll.simulations.GuardedRun} (its bond with the process: exit code, and nothing left behind).
 */
@NullMarked
package io.plimsoll.simulations;

import org.jspecify.annotations.NullMarked;
