/**
 * The reference service, the program that the stack's instances run: {@code POST /items} stores a body of 1 KB on the
 * primary, {@code GET /items/{id}} reads it cache-aside (Redis, then a replica, then fills Redis), {@code GET /health}
 * says whether it can serve.
 *
 * <p>How much an instance can do is set by a {@linkplain io.plimsoll.environments.local.service.VirtualCpu virtual CPU}:
 * with 1 vCPU and 5 ms a read it serves 200 reads/s on any machine, and its busy share is its {@code CPUUtilization}. An
 * instance ends when its standard input does, so that it never outlives the stack.
 */
@NullMarked
package io.plimsoll.environments.local.service;

import org.jspecify.annotations.NullMarked;
