package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.Optional;

/**
 * An item of an alarm's history.
 *
 * @param at when
 * @param alarm the alarm's name
 * @param kind what sort of thing happened
 * @param summary as CloudWatch words it
 * @param transition the change of state; only of {@link Kind#STATE_UPDATE}
 * @param resource ARN of what was triggered; only of {@link Kind#ACTION}
 */
public record AlarmEvent(
        Instant at,
        String alarm,
        Kind kind,
        String summary,
        Optional<AlarmTransition> transition,
        Optional<String> resource) {
    /** CloudWatch's HistoryItemType. */
    public enum Kind {
        CONFIGURATION_UPDATE("ConfigurationUpdate"),
        STATE_UPDATE("StateUpdate"),
        ACTION("Action");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** CloudWatch's word. */
        public String word() {
            return word;
        }
    }

    static AlarmEvent configured(Instant at, String alarm, String verb) {
        return new AlarmEvent(
                at,
                alarm,
                Kind.CONFIGURATION_UPDATE,
                "Alarm \"" + alarm + "\" " + verb,
                Optional.empty(),
                Optional.empty());
    }

    static AlarmEvent changed(AlarmTransition transition) {
        return new AlarmEvent(
                transition.at(),
                transition.alarm(),
                Kind.STATE_UPDATE,
                "Alarm updated from " + transition.from() + " to " + transition.to(),
                Optional.of(transition),
                Optional.empty());
    }

    static AlarmEvent acted(Instant at, String alarm, String resource) {
        return new AlarmEvent(
                at,
                alarm,
                Kind.ACTION,
                "Successfully executed action " + resource,
                Optional.empty(),
                Optional.of(resource));
    }
}
