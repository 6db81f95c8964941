/**
 * Load by several injectors, on engines that exist: what each injector is told, how engines start a gang of them, and how
 * many are needed.
 *
 * <p>An injector is {@code simulations/injector RESULTS START}; its index is what its engine says.
 */
@NullMarked
package io.plimsoll.simulations.fleet;

import org.jspecify.annotations.NullMarked;
