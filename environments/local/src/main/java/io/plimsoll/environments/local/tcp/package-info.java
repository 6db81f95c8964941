/**
 * A TCP load balancer, as a Network Load Balancer is: it chooses the healthy target with the fewest connections, passes
 * bytes in both directions without looking at them, and counts flows and resets. One thread serves all connections of a
 * balancer. It can be made slow on purpose: {@link io.plimsoll.environments.local.balancer.Throttle}.
 *
 * <p>As on AWS, a connection stays with its target until one side ends it; when no target is healthy, all are tried; a
 * flow that cannot be connected is reset.
 */
@NullMarked
package io.plimsoll.environments.local.tcp;

import org.jspecify.annotations.NullMarked;
