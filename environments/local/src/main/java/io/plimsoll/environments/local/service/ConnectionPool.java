package io.plimsoll.environments.local.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Connections to one place, that are lent for a piece of work each, and for how long they were taken. Safe for several
 * threads.
 */
final class ConnectionPool implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1_000;

    /** One, or as many as there are connections. */
    private final List<HikariDataSource> sources;

    private final int size;
    private final Taken taken = new Taken();
    private final AtomicInteger turn = new AtomicInteger();

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** For how long connections were taken, over all of them. */
    private static final class Taken {
        private int now;
        private long nanos;
        private long since = System.nanoTime();

        synchronized long change(int by) {
            long time = System.nanoTime();
            nanos += now * (time - since);
            since = time;
            now += by;
            return nanos;
        }
    }

    private ConnectionPool(List<HikariDataSource> sources, int size) {
        this.sources = List.copyOf(sources);
        this.size = size;
    }

    /** A pool that gives out the connection that was used last. */
    static ConnectionPool of(String name, int port, int size, String password) {
        return new ConnectionPool(List.of(open(name, port, size, password)), size);
    }

    /**
     * Connections that are taken in turn: a pool gives out the one that was used last, and behind a load balancer for
     * connections one replica would have most reads.
     */
    static ConnectionPool inTurn(String name, int port, int size, String password) {
        return new ConnectionPool(
                IntStream.range(0, size)
                        .mapToObj(unused -> open(name, port, 1, password))
                        .toList(),
                size);
    }

    static String url(int port) {
        return "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port
                + "/plimsoll?connectTimeout=1000&socketTimeout=5000";
    }

    private static HikariDataSource open(String name, int port, int size, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new PatientDataSource(url(port), Credentials.SERVICE, password));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(500);
        // The database may be away when the service starts: it then says so in its health, and recovers.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Does some work with the next connection that is free. */
    <T> T lend(Work<T> work) throws SQLException {
        HikariDataSource source = sources.get(Math.floorMod(turn.getAndIncrement(), sources.size()));
        try (Connection connection = source.getConnection()) {
            taken.change(1);
            try {
                return work.with(connection);
            } finally {
                taken.change(-1);
            }
        }
    }

    /** Returns if the database answers. */
    void check() throws SQLException {
        boolean valid = lend(connection -> connection.isValid(1));
        if (!valid) {
            throw new SQLException(sources.get(0).getPoolName() + " does not answer");
        }
    }

    /** For how long its connections were taken since it was made, on average over all that it may have. */
    Duration taken() {
        return Duration.ofNanos(taken.change(0) / size);
    }

    @Override
    public void close() {
        sources.forEach(HikariDataSource::close);
    }
}
