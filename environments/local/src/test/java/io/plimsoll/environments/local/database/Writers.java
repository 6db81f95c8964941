package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that write one item after the other and remember those that were acknowledged, until they are stopped. */
final class Writers implements AutoCloseable {
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final String url;
    private final Credentials credentials;
    private volatile boolean stopped;

    Writers(int port, Credentials credentials, int clients) {
        this.url = "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port
                + "/plimsoll?connectTimeout=1000&socketTimeout=5000";
        this.credentials = credentials;
        for (int client = 0; client < clients; client++) {
            Thread thread = new Thread(this::write, "writer-" + client);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void write() {
        while (!stopped) {
            try (Connection connection = DriverManager.getConnection(url, Credentials.SERVICE, credentials.service());
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO items (body) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                while (!stopped) {
                    insert.setBytes(1, new byte[1_024]);
                    insert.executeUpdate();
                    try (ResultSet keys = insert.getGeneratedKeys()) {
                        if (keys.next()) {
                            acknowledged.add(keys.getLong(1));
                        }
                    }
                }
            } catch (SQLException e) {
                // The write was not acknowledged: whether it is there or not, nothing was promised.
                Thread.onSpinWait();
            }
        }
    }

    /** Ids that the database gave out and acknowledged so far. */
    Set<Long> acknowledged() {
        return acknowledged;
    }

    /** Lets a number of nanoseconds pass, so that a kill falls anywhere within a write. */
    void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    void stop() {
        stopped = true;
        boolean ended = Await.until(() -> threads.stream().noneMatch(Thread::isAlive), Duration.ofSeconds(30));
        if (!ended) {
            throw new AssertionError("writers did not end within 30 s");
        }
    }

    @Override
    public void close() {
        stop();
    }
}
