package io.plimsoll.environments.local.scaling;

import java.time.Instant;

/**
 * A change of an alarm's state.
 *
 * @param at when
 * @param alarm the alarm's name
 * @param from the state before
 * @param fromReason the reason it was in
 * @param to the state after
 * @param toReason the reason for that
 */
public record AlarmTransition(
        Instant at, String alarm, AlarmState from, String fromReason, AlarmState to, String toReason) {}
