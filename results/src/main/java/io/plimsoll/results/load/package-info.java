/**
 * The load: what was planned ({@link io.plimsoll.results.load.LoadPlan}) and what the client saw of it ({@link
 * io.plimsoll.results.load.ClientRecord}), read from Gatling's log.
 */
@NullMarked
package io.plimsoll.results.load;

import org.jspecify.annotations.NullMarked;
