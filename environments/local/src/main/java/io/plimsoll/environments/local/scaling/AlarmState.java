package io.plimsoll.environments.local.scaling;

/** A CloudWatch alarm's state, named as CloudWatch names it. */
public enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
