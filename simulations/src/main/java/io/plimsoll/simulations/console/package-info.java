/**
 * What a person sees while a run goes on. {@link io.plimsoll.simulations.console.LiveFacts} are put together once a second; the
 * line of the console is one way to show them.
 */
@NullMarked
package io.plimsoll.simulations.console;

import org.jspecify.annotations.NullMarked;
