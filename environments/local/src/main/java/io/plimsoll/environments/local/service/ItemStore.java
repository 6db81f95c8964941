package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.database.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Items in the database: writes go to the primary, reads to the replicas in turn. Safe for several threads. */
final class ItemStore implements Items {
    /** None for a service that only reads, and has replicas to read from. */
    private final Optional<ConnectionPool> primary;

    private final List<ConnectionPool> readers;
    private final Map<String, Integer> portsById;
    private final String password;
    private final AtomicInteger turn = new AtomicInteger();

    ItemStore(ServiceSettings settings) {
        password = settings.text("database-password");
        int port = settings.port("primary-port").orElseThrow();
        int connections = settings.connections();
        List<ConnectionPool> replicas = settings.ports("replica-ports").stream()
                .map(replica -> ConnectionPool.inTurn("replica-" + replica, replica, connections, password))
                .toList();
        boolean readsOnly = settings.role() == Role.READ && !replicas.isEmpty();
        primary = readsOnly ? Optional.empty() : Optional.of(ConnectionPool.of("primary", port, connections, password));
        readers = replicas.isEmpty() ? primary.stream().toList() : replicas;
        portsById = settings.portsById("database-ports");
    }

    /**
     * Stores an item on the primary.
     *
     * @return its id, once it is committed
     */
    @Override
    public long insert(byte[] body) throws SQLException {
        return primary.orElseThrow().lend(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO items (body) VALUES (?)", PreparedStatement.RETURN_GENERATED_KEYS)) {
                insert.setBytes(1, body);
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    if (!keys.next()) {
                        throw new SQLException("the database gave no id for a new item");
                    }
                    return keys.getLong(1);
                }
            }
        });
    }

    /** A transaction of its own: the item's row is locked from when it is looked for until the commit. */
    @Override
    public boolean replace(long id, byte[] body) throws SQLException {
        return primary.orElseThrow().lend(connection -> {
            connection.setAutoCommit(false); // the pool gives it back as it was, and rolls back what was not committed
            try (PreparedStatement find = connection.prepareStatement("SELECT id FROM items WHERE id = ? FOR UPDATE");
                    PreparedStatement update = connection.prepareStatement("UPDATE items SET body = ? WHERE id = ?")) {
                find.setLong(1, id);
                try (ResultSet rows = find.executeQuery()) {
                    if (!rows.next()) {
                        return false;
                    }
                }
                update.setBytes(1, body);
                update.setLong(2, id);
                update.executeUpdate();
                connection.commit();
                return true;
            }
        });
    }

    /** Reads an item from a replica, or from the primary if there is none; empty if that has none of that id. */
    @Override
    public Optional<byte[]> read(long id) throws SQLException {
        return reader(turn.getAndIncrement()).lend(connection -> read(connection, id));
    }

    private ConnectionPool reader(int number) {
        return readers.get(Math.floorMod(number, readers.size()));
    }

    /**
     * Reads an item from one database by a connection of its own, as this is rare.
     *
     * @throws IllegalArgumentException if there is no database of that name
     */
    @Override
    public Optional<byte[]> readFrom(String database, long id) throws SQLException {
        Integer port = portsById.get(database);
        if (port == null) {
            throw new IllegalArgumentException(
                    "no database '" + database + "', only " + String.join(", ", portsById.keySet()));
        }
        try (Connection connection =
                DriverManager.getConnection(ConnectionPool.url(port), Credentials.SERVICE, password)) {
            return read(connection, id);
        }
    }

    private static Optional<byte[]> read(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT body FROM items WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** Returns if a database that a role needs answers. */
    @Override
    public void check(Role role) throws SQLException {
        if (role != Role.READ) {
            primary.orElseThrow().check();
        }
        if (role != Role.WRITE) {
            reader(turn.get()).check();
        }
    }

    @Override
    public Optional<String> shardOf(long id) {
        return Optional.empty();
    }

    @Override
    public Stream<ConnectionPool> pools() {
        return Stream.concat(primary.stream(), readers.stream()).distinct();
    }

    @Override
    public void close() {
        pools().forEach(ConnectionPool::close);
    }
}
