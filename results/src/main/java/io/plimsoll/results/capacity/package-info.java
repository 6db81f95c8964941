/**
 * How much a stack holds: what a capacity search found. {@link io.plimsoll.results.capacity.CapacityResult} is kept as
 * {@code capacity.json} of the evidence and drawn by the report.
 */
@NullMarked
package io.plimsoll.results.capacity;

import org.jspecify.annotations.NullMarked;
