/** How the load generator itself fares: a starved injector lies, so its health decides whether a run is valid. */
@NullMarked
package io.plimsoll.simulations.injector;

import org.jspecify.annotations.NullMarked;
