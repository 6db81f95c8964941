/** Ends a run early, cleanly and with its evidence, when going on would only do harm. */
@NullMarked
package io.plimsoll.simulations.stop;

import org.jspecify.annotations.NullMarked;
