package io.plimsoll.environments.local.scaling;

import java.time.Instant;

/**
 * An alarm and its state.
 *
 * @param spec the alarm
 * @param configured when it was made
 * @param state its state
 * @param reason why, as CloudWatch words it
 * @param updated when it came into the state
 */
public record AlarmStatus(AlarmSpec spec, Instant configured, AlarmState state, String reason, Instant updated) {}
