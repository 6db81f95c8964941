/**
 * What limits a stack, told by a run's timeline: {@link io.plimsoll.assertions.binding.Pressures} turns what was observed into
 * how close each resource was to what it can bear, {@link io.plimsoll.assertions.binding.Breach} says when the client was no
 * longer served as it must be, and {@link io.plimsoll.assertions.binding.SaturationOrder} names the resource that was full
 * first, whose law explains the rate, and which the breach followed; or none.
 */
@NullMarked
package io.plimsoll.assertions.binding;

import org.jspecify.annotations.NullMarked;
