package io.plimsoll.environments.local.queue;

import java.time.Duration;

/**
 * A queue with its dead letters.
 *
 * @param name its name; its dead letters are in {@code <name>-dlq}
 * @param region AWS region
 * @param visibilityTimeout how long a message that was received is hidden from others; whole seconds, at least one
 * @param maxReceives how often a message is received before it is a dead letter, in [1, 1000]
 */
public record QueueSettings(String name, String region, Duration visibilityTimeout, int maxReceives) {
    public QueueSettings {
        if (visibilityTimeout.toSeconds() < 1 || visibilityTimeout.toMillisPart() != 0) {
            throw new IllegalArgumentException(
                    name + ": visibility timeout must be whole seconds, at least 1, was " + visibilityTimeout);
        }
        if (maxReceives < 1 || maxReceives > 1_000) {
            throw new IllegalArgumentException(name + ": max receives must be in [1, 1000], was " + maxReceives);
        }
    }

    /** Name of the queue of dead letters. */
    public String deadLetters() {
        return name + "-dlq";
    }
}
