/**
 * Searches for the highest rate that a stack holds, within one run of the load generator: {@link
 * io.plimsoll.simulations.capacity.Pacer} says when the next user starts, {@link
 * io.plimsoll.simulations.capacity.CapacityDrive} decides which rate is tried next by what the last one showed, and {@link
 * io.plimsoll.simulations.capacity.CapacityFindings} turns the whole into the result. What to try is decided by {@link
 * io.plimsoll.assertions.capacity.CapacitySearch}.
 */
@NullMarked
package io.plimsoll.simulations.capacity;

import org.jspecify.annotations.NullMarked;
