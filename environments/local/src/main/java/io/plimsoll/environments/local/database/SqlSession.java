package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a server, made anew after it broke; statements run one after the other. An answer that takes longer
 * than the session's limit breaks it. Safe for several threads.
 */
final class SqlSession implements AutoCloseable {
    private final int port;
    private final Properties login = new Properties();
    private @Nullable Connection connection;

    SqlSession(int port, String user, String password, Duration limit) {
        this.port = port;
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Long.toString(limit.toMillis()));
        login.setProperty("socketTimeout", Long.toString(limit.toMillis()));
    }

    /** Whether the server answers a statement that does nothing. */
    synchronized boolean isAnswered() {
        try {
            execute("DO 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    synchronized void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of a query's first row; empty if there is none or it is NULL. */
    synchronized String text(String sql) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            String text = rows.next() ? rows.getString(1) : null;
            return text == null ? "" : text;
        }
    }

    /** A query's rows, each by column name and without its NULLs. */
    synchronized List<Map<String, String>> rows(String sql) throws SQLException {
        List<Map<String, String>> all = new ArrayList<>();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Map<String, String> row = new HashMap<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    String value = rows.getString(column);
                    if (value != null) {
                        row.put(rows.getMetaData().getColumnLabel(column), value);
                    }
                }
                all.add(row);
            }
        }
        return all;
    }

    /** The texts of a query's second column by the names in its first. */
    synchronized Map<String, String> words(String sql) throws SQLException {
        Map<String, String> values = new HashMap<>();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
        }
        return values;
    }

    /** The numbers of a query's second column by the names in its first. */
    synchronized Map<String, Long> numbers(String sql) throws SQLException {
        Map<String, Long> values = new HashMap<>();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getLong(2));
            }
        }
        return values;
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null || current.isClosed()) {
            current = DriverManager.getConnection(
                    "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port + "/", login);
            connection = current;
        }
        return current;
    }

    /** Ends the connection and with it what it holds, such as a global read lock; the next statement makes another. */
    @Override
    public synchronized void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                // It was broken: the server has ended its side.
                return;
            }
        }
    }
}
