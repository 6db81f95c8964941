/**
 * A run and its evidence: {@link io.plimsoll.results.run.RunFacts} (what was run, where, how it went) and {@link
 * io.plimsoll.results.run.Evidence}, all that a judgement rests on.
 */
@NullMarked
package io.plimsoll.results.run;

import org.jspecify.annotations.NullMarked;
