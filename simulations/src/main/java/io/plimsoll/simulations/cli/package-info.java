/** The command line: what can be done without sending load. */
@NullMarked
package io.plimsoll.simulations.cli;

import org.jspecify.annotations.NullMarked;
