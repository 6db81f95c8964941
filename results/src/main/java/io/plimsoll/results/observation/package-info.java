/**
 * What was observed of the stack: {@link io.plimsoll.results.observation.Series} of samples and {@link
 * io.plimsoll.results.observation.Event}s, each naming the resource it is about, and the {@link
 * io.plimsoll.results.observation.MetricCatalogue} of names that an SLO can use.
 *
 * <p>Values are in the catalogue's unit (seconds, percent, bytes, counts), whatever the source's unit was. A sample's
 * instant is the start of its period. What is missing is missing: nothing here fills a gap.
 */
@NullMarked
package io.plimsoll.results.observation;

import org.jspecify.annotations.NullMarked;
