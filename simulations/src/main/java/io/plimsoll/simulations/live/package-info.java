/**
 * The page that shows a run while it goes on: {@code mvn gatling:test -Dlive.port=0} says where it is. It shows the same {@link
 * io.plimsoll.simulations.console.LiveFacts} as the console's line.
 *
 * <p>{@link io.plimsoll.simulations.live.LiveFeed} keeps what was told, within bounds, and gives it to each {@link
 * io.plimsoll.simulations.live.LiveReader}, within bounds again; {@link io.plimsoll.simulations.live.LivePage} serves page
 * and readers on loopback. The run only ever puts a message into queues: it waits for no browser.
 */
@NullMarked
package io.plimsoll.simulations.live;

import org.jspecify.annotations.NullMarked;
