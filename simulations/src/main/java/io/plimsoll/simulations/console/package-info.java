/** What a person sees while a run goes on: one line a second. */
@NullMarked
package io.plimsoll.simulations.console;

import org.jspecify.annotations.NullMarked;
