/**
 * How much a stack holds, and what limits it. All of it is pure: values in, values out.
 *
 * <p>{@link io.plimsoll.assertions.capacity.CapacitySearch} says which rate to try next, from the probes so far: a
 * geometric ramp until a probe fails, two probes around the throughput that the failed one still delivered, bisection
 * where those do not close the bracket, the failing end tried a second time, and a long hold at the passing end. {@link
 * io.plimsoll.assertions.capacity.ScalabilityFit} fits the Universal Scalability Law to what was measured, and {@link
 * io.plimsoll.assertions.capacity.BindingResource} names the resource whose saturation explains the limit, or none.
 *
 * <pre>{@code
 * SearchPlan plan = new SearchPlan(50, 1_000, 2, 0.04, Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(30), 2, 40);
 * CapacitySearch.Step first = CapacitySearch.next(plan, List.of());   // probe 50 /s for 10 s
 * }</pre>
 */
@NullMarked
package io.plimsoll.assertions.capacity;

import org.jspecify.annotations.NullMarked;
