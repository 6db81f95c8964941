package io.plimsoll.environments.local.warehouse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The warehouse's tables, in a file. Used by one thread. */
final class Warehouse implements AutoCloseable {
    private static final String MEMORY = "64MB";

    private final Path file;
    private final Connection connection;

    /** Opens or makes it. */
    Warehouse(Path file) throws SQLException {
        this.file = file;
        this.connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + MEMORY + "'");
            statement.execute("SET threads = 1");
            statement.execute("CREATE TABLE IF NOT EXISTS items (id BIGINT PRIMARY KEY, body BLOB NOT NULL)");
        }
    }

    /**
     * A row of a shard.
     *
     * @param id unique over all shards
     */
    record Row(long id, ByteBuffer body) {}

    /** Adds rows; those that it has already stay as they are. They are stored once this returns. */
    void add(List<Row> rows) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR IGNORE INTO items (id, body) VALUES (?, ?)")) {
            for (Row row : rows) {
                insert.setLong(1, row.id());
                insert.setBytes(2, row.body().array());
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Rows that it holds. */
    long rows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("SELECT count(*) FROM items")) {
            counted.next();
            return counted.getLong(1);
        }
    }

    /** Bytes it takes on disk, its log included. */
    long bytes() {
        return size(file) + size(file.resolveSibling(file.getFileName() + ".wal"));
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            // There is no log while it is empty.
            return 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
