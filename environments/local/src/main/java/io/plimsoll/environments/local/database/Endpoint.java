package io.plimsoll.environments.local.database;

/**
 * Where clients find a database: a port that stays the same when another server takes over. Safe for several threads.
 */
public interface Endpoint extends AutoCloseable {
    int port();

    /** Connects new clients to the server at this port, and cuts those connected to another. */
    void pointTo(int serverPort);

    /** Cuts every client and takes none until it points to a server again. */
    void pointNowhere();

    @Override
    void close();
}
