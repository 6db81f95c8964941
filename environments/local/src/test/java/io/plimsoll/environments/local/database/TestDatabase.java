package io.plimsoll.environments.local.database;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.process.Guardian;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A database of real servers for one test class. */
final class TestDatabase implements AutoCloseable {
    private final Credentials credentials = Credentials.random();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Guardian guardian = Guardian.start();
    private final ReplicatedDatabase database;

    TestDatabase(DatabaseSetup setup) {
        ServerBinaries.MariaDb binary =
                ServerBinaries.ofProcess(TestCache.shared()).mariadb(Optional.empty());
        try {
            database = ReplicatedDatabase.start(guardian, binary, TestCache.shared(), setup, credentials, executor);
        } catch (RuntimeException e) {
            guardian.close();
            throw e;
        }
    }

    ReplicatedDatabase database() {
        return database;
    }

    Credentials credentials() {
        return credentials;
    }

    /** Ids of all items that a server holds. */
    Set<Long> ids(DatabaseServer server) {
        try {
            return server.rows("SELECT id FROM plimsoll.items").stream()
                    .map(row -> Long.valueOf(row.get("id")))
                    .collect(Collectors.toSet());
        } catch (SQLException e) {
            throw new AssertionError(server.id(), e);
        }
    }

    /** Sequence of a server's last transaction. */
    long position(DatabaseServer server) {
        try {
            return server.position();
        } catch (SQLException e) {
            throw new AssertionError(server.id(), e);
        }
    }

    @Override
    public void close() {
        database.close();
        guardian.close();
        executor.shutdownNow();
    }
}
