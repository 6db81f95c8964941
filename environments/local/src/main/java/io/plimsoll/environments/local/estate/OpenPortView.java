package io.plimsoll.environments.local.estate;

/**
 * A private port that is open to the public, as it should not be.
 *
 * @param owner tier of the instance or id of the database that it is a port of
 * @param port TCP port
 */
public record OpenPortView(String owner, int port) {}
