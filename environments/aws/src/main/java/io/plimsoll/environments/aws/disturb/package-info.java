/**
 * What is done to a stack on purpose: {@link io.plimsoll.environments.aws.disturb.Disturber} carries out one {@link
 * io.plimsoll.environments.aws.disturb.Disturbance} if the descriptor permits it by name, and tells it as an event.
 *
 * <p>Wherever AWS has a call, that call is made, against AWS and against the local stack's endpoint alike. What AWS has no
 * call for (a cache flushed, a replica stopped) goes through the local stack's control channel, and is refused elsewhere.
 *
 * <pre>{@code
 * Disturber disturber = new Disturber(clients, Optional.of(channel), environment.disturbing(), topology, 42, clock);
 * Event event = disturber.carryOut(new Disturbance("terminate-instance", Optional.of("app tier"), new TreeMap<>()), due);
 * }</pre>
 */
@NullMarked
package io.plimsoll.environments.aws.disturb;

import org.jspecify.annotations.NullMarked;
