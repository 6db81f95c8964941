package io.plimsoll.environments.local.estate;

/**
 * A table of key-value items.
 *
 * @param name its name
 */
public record TableView(String name) {}
