/**
 * What runs in the local environment, as its two halves see each other: the processes ({@link
 * io.plimsoll.environments.local.estate.Estate}, {@link io.plimsoll.environments.local.estate.Fleet}) tell what there
 * is and obey; the control plane (metrics, alarms, scaling, AWS endpoint) describes and decides.
 */
@NullMarked
package io.plimsoll.environments.local.estate;

import org.jspecify.annotations.NullMarked;
