/**
 * What only a client can see, measured beside the load at a bounded rate: acknowledged writes that are lost, sessions that
 * are lost, how stale a replica's rows are, which name, address and certificate answers, which ports are open.
 *
 * <p>A {@link io.plimsoll.simulations.probe.Probe} asks at every tick and keeps counts by second; {@link
 * io.plimsoll.simulations.probe.Probes} runs those whose metrics some SLO names. Their series are judged like any other:
 * namespace {@code Plimsoll/Client}, one sample a second while the probe was alive.
 */
@NullMarked
package io.plimsoll.simulations.probe;

import org.jspecify.annotations.NullMarked;
