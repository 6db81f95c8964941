/** Threads that do not keep the program alive: {@code Executors.newCachedThreadPool(Daemon.named("plimsoll-probe"))}. */
@NullMarked
package io.plimsoll.simulations.daemon;

import org.jspecify.annotations.NullMarked;
