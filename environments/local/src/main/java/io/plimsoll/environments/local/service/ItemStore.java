package io.plimsoll.environments.local.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.process.LoopbackPorts;
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
    /**
     * Connections to one place to read from. Each is a pool of its own, and they are taken in turn: a pool of several gives
     * out the connection that was used last, and behind a load balancer for connections one replica would have most reads.
     */
    private static final int READ_CONNECTIONS = 4;

    /** None for a service that only reads, and has replicas to read from. */
    private final Optional<HikariDataSource> primary;

    private final List<HikariDataSource> readers;
    private final Map<String, Integer> portsById;
    private final String password;
    private final AtomicInteger turn = new AtomicInteger();

    ItemStore(ServiceSettings settings) {
        password = settings.text("database-password");
        int port = settings.port("primary-port").orElseThrow();
        List<HikariDataSource> replicas = settings.ports("replica-ports").stream()
                .flatMap(replica -> Stream.generate(() -> pool("replica-" + replica, replica, 1, password))
                        .limit(READ_CONNECTIONS))
                .toList();
        boolean readsOnly = settings.role() == Role.READ && !replicas.isEmpty();
        primary =
                readsOnly ? Optional.empty() : Optional.of(pool("primary", port, replicas.isEmpty() ? 6 : 3, password));
        readers = replicas.isEmpty() ? primary.stream().toList() : replicas;
        portsById = settings.portsById("database-ports");
    }

    private static String url(int port) {
        return "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port
                + "/plimsoll?connectTimeout=1000&socketTimeout=5000";
    }

    static HikariDataSource pool(String name, int port, int size, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url(port));
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
    @Override
    public long insert(byte[] body) throws SQLException {
        try (Connection connection = primary.orElseThrow().getConnection();
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

    /** Reads an item from a replica, or from the primary if there is none; empty if that has none of that id. */
    @Override
    public Optional<byte[]> read(long id) throws SQLException {
        HikariDataSource reader = readers.get(Math.floorMod(turn.getAndIncrement(), readers.size()));
        try (Connection connection = reader.getConnection()) {
            return read(connection, id);
        }
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
        try (Connection connection = DriverManager.getConnection(url(port), Credentials.SERVICE, password)) {
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
            answer(primary.orElseThrow());
        }
        if (role != Role.WRITE) {
            answer(readers.get(Math.floorMod(turn.get(), readers.size())));
        }
    }

    @Override
    public Optional<String> shardOf(long id) {
        return Optional.empty();
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
        primary.ifPresent(HikariDataSource::close);
        readers.forEach(HikariDataSource::close);
    }
}
