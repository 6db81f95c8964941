package io.plimsoll.environments.local.queue;

import java.util.OptionalLong;

/**
 * What happened to a queue's messages since it was made.
 *
 * @param queue its name
 * @param sent messages that were sent to it; those that were moved to it as dead letters are not among them
 * @param received receipts
 * @param deleted messages that were deleted from it; those that were moved to its dead letters are not among them
 * @param oldestMillis when the oldest message that it holds was sent, in milliseconds since 1970; empty if it holds none
 */
public record QueueTotals(String queue, long sent, long received, long deleted, OptionalLong oldestMillis) {
    private static final String NONE = "-";

    /** As the queue's process says it: the values in their order, parted by spaces. */
    String line() {
        String oldest = oldestMillis.isPresent() ? Long.toString(oldestMillis.getAsLong()) : NONE;
        return queue + " " + sent + " " + received + " " + deleted + " " + oldest;
    }

    /** Reads what {@link #line} wrote. */
    static QueueTotals parse(String line) {
        String[] words = line.split(" ", -1);
        return new QueueTotals(
                words[0],
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                words[4].equals(NONE) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words[4])));
    }
}
