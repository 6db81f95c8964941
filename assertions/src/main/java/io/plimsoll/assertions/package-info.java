/**
 * What must hold: {@link io.plimsoll.assertions.Stage}s with their claims and SLOs, read from {@link
 * io.plimsoll.assertions.StageFiles}, and {@link io.plimsoll.assertions.Judge}, which turns evidence into a verdict.
 */
@NullMarked
package io.plimsoll.assertions;

import org.jspecify.annotations.NullMarked;
