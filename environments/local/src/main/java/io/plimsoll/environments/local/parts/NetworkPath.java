package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.balancer.Throttle;
import java.util.function.Consumer;

/**
 * A network that can be made slow.
 *
 * @param to name of the part it leads to
 * @param throttle makes it as slow as given
 */
record NetworkPath(String to, Consumer<Throttle> throttle) {}
