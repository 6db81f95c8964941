/** When the disturbances of a plan are due; {@code io.plimsoll.environments.aws.disturb} carries each out. */
@NullMarked
package io.plimsoll.simulations.disturb;

import org.jspecify.annotations.NullMarked;
