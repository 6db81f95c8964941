package io.plimsoll.results.report;

import io.plimsoll.results.observation.Event;

/**
 * An event as pages tell it.
 *
 * @param lane the sort of event, such as {@code disturbance} or {@code health}
 * @param bad whether it tells of trouble
 * @param says what happened, on one line of at most 300 characters
 */
public record LiveMark(String lane, boolean bad, String says) {
    /** The same words as in the report. */
    public static LiveMark of(Event event) {
        return new LiveMark(EventMarks.lane(event), EventMarks.bad(event), EventMarks.says(event));
    }
}
