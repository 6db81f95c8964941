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
public record QueueTotals(String queue, long sent, long received, long deleted, OptionalLong oldestMillis) {}
