/**
 * Judgement: from evidence to outcomes. Everything here is pure: values in, values out.
 *
 * <p>Three rules hold throughout. What was not measured never passes: a period without a datapoint is unknown, and an
 * unknown makes an SLO INCONCLUSIVE unless what was seen already proves a breach. What is uncertain is said: a
 * percentile passes when its upper bound is within the limit, fails when its lower bound is beyond, and is INCONCLUSIVE
 * between. And every outcome has a reason that names limit, value, unit, window and number of samples.
 */
@NullMarked
package io.plimsoll.assertions.judgement;

import org.jspecify.annotations.NullMarked;
