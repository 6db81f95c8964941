package io.plimsoll.environments.local.warehouse;

import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.warehouse.Warehouse.Row;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves the items of one shard. An id that is lower than another may be committed later, within {@link #SETTLED}: younger
 * rows are left for the next time, and what is deleted is copied again before. Used by one thread.
 */
final class ShardFeed implements AutoCloseable {
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final int AT_ONCE = 500;

    private final int port;
    private final String password;
    private final long stays;
    private final Warehouse warehouse;
    private final Watermarks marks = new Watermarks();
    private Optional<Connection> connection = Optional.empty();
    private long loaded;
    private Instant completeUpTo;
    private long oldestId;
    private long overdue;

    /**
     * A feed that has loaded nothing.
     *
     * @param port of the shard's primary
     * @param password of the service's account
     * @param stays highest id of the items that the stack began with
     * @param now the time
     */
    ShardFeed(int port, String password, long stays, Warehouse warehouse, Instant now) {
        this.port = port;
        this.password = password;
        this.stays = stays;
        this.warehouse = warehouse;
        this.loaded = stays;
        this.oldestId = Long.MAX_VALUE;
        this.completeUpTo = now;
    }

    /**
     * Looks how far the shard's ids have come and which it still has.
     *
     * @param kept rows that are older than this are overdue
     */
    void look(Duration kept, Instant now) throws SQLException {
        marks.note(now, number("SELECT coalesce(max(id), 0) FROM items WHERE id > ?", stays, stays));
        oldestId = number("SELECT coalesce(min(id), 0) FROM items WHERE id > ?", stays, 0);
        long limit = marks.highestOlderThan(kept, now).orElse(0L);
        overdue = oldestId > 0 && oldestId <= limit
                ? number("SELECT count(*) FROM items WHERE id > ? AND id <= " + limit, stays, 0)
                : 0;
    }

    /** Copies what is new and has settled. */
    void copy(Instant now) throws SQLException {
        long highest = marks.highestOlderThan(SETTLED, now).orElse(stays);
        List<Row> rows = rows(loaded, highest);
        while (!rows.isEmpty()) {
            warehouse.add(rows);
            loaded = rows.get(rows.size() - 1).id();
            rows = rows(loaded, highest);
        }
        loaded = Math.max(loaded, highest);
        completeUpTo = now.minus(SETTLED);
    }

    /** Deletes what is older than the window, once it is in the warehouse. */
    void archive(Duration window, Instant now) throws SQLException {
        long highest = Math.min(loaded, marks.highestOlderThan(window, now).orElse(0L));
        List<Row> rows = rows(stays, highest);
        while (!rows.isEmpty()) {
            warehouse.add(rows);
            delete(rows);
            rows = rows(stays, highest);
        }
        marks.forgetUpTo(highest);
    }

    /** How far the warehouse is behind: what was written longer ago is in it. */
    Duration lag(Instant now) {
        return Duration.between(completeUpTo, now);
    }

    /** Age of the oldest item that is not to stay and that the shard still has; zero if it has none. */
    Duration oldest(Instant now) {
        return oldestId > stays && oldestId < Long.MAX_VALUE ? marks.age(oldestId, now) : Duration.ZERO;
    }

    /** Rows that were overdue at the last look. */
    long overdue() {
        return overdue;
    }

    private List<Row> rows(long above, long upTo) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection()
                .prepareStatement("SELECT id, body FROM items WHERE id > ? AND id <= ? ORDER BY id LIMIT " + AT_ONCE)) {
            select.setLong(1, above);
            select.setLong(2, upTo);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getLong(1), ByteBuffer.wrap(found.getBytes(2))));
                }
            }
            return rows;
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private void delete(List<Row> rows) throws SQLException {
        String ids = rows.stream().map(row -> Long.toString(row.id())).collect(Collectors.joining(","));
        try (PreparedStatement delete = connection().prepareStatement("DELETE FROM items WHERE id IN (" + ids + ")")) {
            delete.executeUpdate();
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private long number(String sql, long parameter, long least) throws SQLException {
        try (PreparedStatement select = connection().prepareStatement(sql)) {
            select.setLong(1, parameter);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Math.max(least, found.getLong(1)) : least;
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(DriverManager.getConnection(
                    "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port
                            + "/plimsoll?connectTimeout=1000&socketTimeout=5000",
                    Credentials.SERVICE,
                    password));
        }
        return connection.get();
    }

    /** Ends its connection; the next question opens another. */
    @Override
    public void close() {
        Optional<Connection> old = connection;
        connection = Optional.empty();
        old.ifPresent(opened -> {
            try {
                opened.close();
            } catch (SQLException e) {
                // It is lost already.
                return;
            }
        });
    }
}
