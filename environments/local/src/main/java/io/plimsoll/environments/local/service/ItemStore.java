package io.plimsoll.environments.local.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Items in the database: writes go to the primary, reads to the replicas in turn. Safe for several threads. */
final class ItemStore implements AutoCloseable {
    private final HikariDataSource primary;
    private final List<HikariDataSource> replicas;
    private final AtomicInteger turn = new AtomicInteger();

    ItemStore(ServiceSettings settings) {
        primary = pool("primary", settings.primaryPort(), 3, settings.databasePassword());
        replicas = settings.replicaPorts().stream()
                .map(port -> pool("replica-" + port, port, 4, settings.databasePassword()))
                .toList();
    }

    private static HikariDataSource pool(String name, int port, int size, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl("jdbc:mariadb://" + LoopbackPorts.ADDRESS + ":" + port
                + "/plimsoll?connectTimeout=1000&socketTimeout=5000");
        config.setUsername(Credentials.SERVICE);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        // The database may be away when the service starts: it then says so in its health, and recovers.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /**
     * Stores an item on the primary.
     *
     * @return its id, once it is committed
     */
    long insert(byte[] body) throws SQLException {
        try (Connection connection = primary.getConnection();
                PreparedStatement insert = connection.prepareStatement(
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
    }

    /** Reads an item from a replica; empty if the replica has none of that id. */
    Optional<byte[]> read(long id) throws SQLException {
        HikariDataSource replica = replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
        try (Connection connection = replica.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT body FROM items WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** Returns if the primary and every replica answer. */
    void check() throws SQLException {
        answer(primary);
        for (HikariDataSource replica : replicas) {
            answer(replica);
        }
    }

    private static void answer(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            if (!connection.isValid(1)) {
                throw new SQLException(pool.getPoolName() + " does not answer");
            }
        }
    }

    @Override
    public void close() {
        primary.close();
        replicas.forEach(HikariDataSource::close);
    }
}
