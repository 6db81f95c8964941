package io.plimsoll.environments.local.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * Tries again at short intervals to connect to a database that is away, for a second. The pool itself doubles the time
 * between its attempts, so that after an outage of a second it takes half a second more to notice its end.
 */
final class PatientDataSource extends MariaDbDataSource {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    PatientDataSource(String url, String user, String password) {
        try {
            setUrl(url);
            setUser(user);
            setPassword(password);
        } catch (SQLException e) {
            throw new IllegalArgumentException(url + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return super.getConnection();
            } catch (SQLException e) {
                if (System.nanoTime() - begin >= PATIENCE.toNanos()) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException cause) throws SQLException {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
