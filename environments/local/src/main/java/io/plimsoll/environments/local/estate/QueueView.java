package io.plimsoll.environments.local.estate;

/**
 * A queue.
 *
 * @param name its name
 */
public record QueueView(String name) {}
