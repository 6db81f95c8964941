package io.plimsoll.environments.local.logs;

import java.time.Instant;

/**
 * A line of a log.
 *
 * @param number of the line, counted over all logs from 1
 * @param stream the stream it belongs to
 * @param at when it was said
 * @param taken when it was taken in
 * @param content what was said; its {@code toString} is the line, made when it is read
 */
public record LogLine(long number, String stream, Instant at, Instant taken, Object content) {
    /** The line as text. */
    public String message() {
        return content.toString();
    }
}
