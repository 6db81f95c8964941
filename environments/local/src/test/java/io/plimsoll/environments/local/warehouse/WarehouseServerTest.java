package io.plimsoll.environments.local.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real DuckDB in its process, fed by a real shard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarehouseServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int STAYS = 10;

    private final Credentials credentials = Credentials.random();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Guardian guardian = Guardian.start();
    private final ReplicatedDatabase shard = ReplicatedDatabase.start(
            guardian,
            ServerBinaries.ofProcess(TestCache.shared()).mariadb(Optional.empty()),
            TestCache.shared(),
            DatabaseSetup.of("fed", 0, List.of("a"), DatabaseSetup.Rows.unsharded(STAYS)),
            credentials,
            executor);

    @AfterAll
    void stop() {
        shard.close();
        guardian.close();
        executor.shutdownNow();
    }

    private WarehouseServer warehouse(String id, Duration every) {
        return WarehouseServer.start(
                guardian,
                new WarehouseSettings(
                        id,
                        List.of(shard.primary().port()),
                        credentials.service(),
                        STAYS,
                        every,
                        Duration.ofSeconds(2),
                        SECOND,
                        64L << 20),
                executor);
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":"
                        + shard.primary().port() + "/plimsoll",
                Credentials.SERVICE,
                credentials.service());
    }

    private void write(int rows) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO items (body) VALUES (?)")) {
            for (int row = 0; row < rows; row++) {
                insert.setBytes(1, new byte[1_024]);
                insert.executeUpdate();
            }
        }
    }

    private long rowsInTheShard() {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("SELECT count(*) FROM items")) {
            counted.next();
            return counted.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** What a warehouse has published. */
    private static final class Published {
        private final RecordingSink sink = new RecordingSink();
        private final WarehouseServer warehouse;
        private final WarehouseMetrics metrics;

        Published(WarehouseServer warehouse) {
            this.warehouse = warehouse;
            metrics = new WarehouseMetrics(sink, warehouse);
        }

        /** Publishes until something holds. */
        void await(BooleanSupplier condition) {
            assertThat(Await.until(
                            () -> {
                                metrics.publish(Instant.now());
                                return condition.getAsBoolean();
                            },
                            LIMIT))
                    .as(this::toString)
                    .isTrue();
        }

        double sum(String metric) {
            return values(metric).stream().mapToDouble(Double::doubleValue).sum();
        }

        double last(String metric) {
            List<Double> values = values(metric);
            return values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
        }

        private List<Double> values(String metric) {
            return sink.of(metric, "ClusterIdentifier");
        }

        @Override
        public String toString() {
            return "rows loaded " + sum("RowsLoaded") + ", and last "
                    + Stream.of("LoadLag", "OldestTransactionalRowAge", "OverdueRows", "HealthStatus")
                            .map(metric -> metric + " " + last(metric))
                            .toList()
                    + "; it wrote last " + warehouse.process().tail();
        }
    }

    @Test
    void newRowsAreCopiedAndLeaveTheShardOnceTheyAreOlderThanTheWindow() throws SQLException {
        try (WarehouseServer warehouse = warehouse("fed-well", Duration.ofMillis(200))) {
            Published published = new Published(warehouse);
            long left = rowsInTheShard() - STAYS; // by the other test
            write(700); // more than are moved at once

            published.await(() -> rowsInTheShard() == STAYS
                    && published.sum("RowsLoaded") == 700 + left
                    && published.last("OldestTransactionalRowAge") == 0
                    && published.last("OverdueRows") == 0);

            assertThat(published.last("PercentageDiskSpaceUsed")).isPositive();
            assertThat(published.last("HealthStatus")).isEqualTo(1);
            assertThat(published.last("LoadLag")).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void aJobThatDoesNotRunIsSeenByItsLagAndByOverdueRows() throws SQLException {
        try (WarehouseServer warehouse = warehouse("fed-never", Duration.ofHours(1))) {
            Published published = new Published(warehouse);
            long before = rowsInTheShard();
            write(3);

            published.await(() -> published.last("OverdueRows") >= 3
                    && published.last("LoadLag") > 3
                    && published.last("OldestTransactionalRowAge") > 3);

            assertThat(published.sum("RowsLoaded")).isZero();
            assertThat(rowsInTheShard()).isEqualTo(before + 3);
        }
    }
}
