/**
 * What CloudWatch alarms and Auto Scaling do for a group: an alarm's state is a pure function of its datapoints, a
 * target-tracking policy turns an alarm into a desired capacity, and the group launches, replaces and ends instances
 * until it has that capacity, leaving activities as evidence.
 */
@NullMarked
package io.plimsoll.environments.local.scaling;

import org.jspecify.annotations.NullMarked;
