package io.plimsoll.environments.local.scaling;

import java.util.List;

/**
 * What an alarm does in each state.
 *
 * @param enabled whether it does anything
 * @param alarm ARNs of what is triggered in ALARM
 * @param ok ARNs of what is triggered in OK
 * @param insufficientData ARNs of what is triggered in INSUFFICIENT_DATA
 */
public record AlarmActions(boolean enabled, List<String> alarm, List<String> ok, List<String> insufficientData) {
    /** Nothing in any state. */
    public static final AlarmActions NONE = new AlarmActions(true, List.of(), List.of(), List.of());

    public AlarmActions {
        alarm = List.copyOf(alarm);
        ok = List.copyOf(ok);
        insufficientData = List.copyOf(insufficientData);
    }

    /** One action in ALARM. */
    public static AlarmActions onAlarm(String arn) {
        return new AlarmActions(true, List.of(arn), List.of(), List.of());
    }

    AlarmActions enabled(boolean on) {
        return new AlarmActions(on, alarm, ok, insufficientData);
    }

    /** What is triggered in a state. */
    List<String> in(AlarmState state) {
        if (!enabled) {
            return List.of();
        }
        return switch (state) {
            case ALARM -> alarm;
            case OK -> ok;
            case INSUFFICIENT_DATA -> insufficientData;
        };
    }
}
