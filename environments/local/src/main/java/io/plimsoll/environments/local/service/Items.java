package io.plimsoll.environments.local.service;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Where items are kept. Safe for several threads. */
interface Items extends AutoCloseable {
    /**
     * Stores an item.
     *
     * @return its id, once it is committed
     */
    long insert(byte[] body) throws SQLException;

    /**
     * Replaces an item.
     *
     * @return whether there is one of that id; it is committed then
     */
    boolean replace(long id, byte[] body) throws SQLException;

    /** Reads an item; empty if there is none of that id. */
    Optional<byte[]> read(long id) throws SQLException;

    /**
     * Reads an item from one database by a connection of its own, as this is rare.
     *
     * @throws IllegalArgumentException if there is no database of that name
     */
    Optional<byte[]> readFrom(String database, long id) throws SQLException;

    /** Returns if a database that a role needs answers. */
    void check(Role role) throws SQLException;

    /** DB instance identifier of the shard that holds an item; empty if items are not sharded. */
    Optional<String> shardOf(long id);

    /** Every pool of connections it uses, once. */
    Stream<ConnectionPool> pools();

    @Override
    void close();
}
