package io.plimsoll.environments.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.ReadReplica;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Metrics of real servers. */
class ServerMetricsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordingSink sink = new RecordingSink();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ServerBinaries binaries = ServerBinaries.ofProcess(TestCache.shared());
    private final Guardian guardian = Guardian.start();

    @AfterEach
    void stop() {
        guardian.close();
        executor.shutdownNow();
    }

    @Test
    void aDatabaseIsMeasuredAndAStoppedReplicaLagsMinusOne() throws SQLException {
        Credentials credentials = Credentials.random();
        ReplicatedDatabase database = ReplicatedDatabase.start(
                guardian,
                binaries.mariadb(Optional.empty()),
                TestCache.shared(),
                DatabaseSetup.of("plimsoll-db", 1, List.of("a"), DatabaseSetup.Rows.unsharded(50)),
                credentials,
                executor);
        ReadReplica replica = database.replicas().get(0);
        replica.server().stopReplication();
        DatabaseMetrics primary = new DatabaseMetrics(
                sink, "plimsoll-db", () -> database.primary().active());
        DatabaseMetrics behind = new DatabaseMetrics(sink, replica.id(), replica::server);
        primary.publish(AT);
        behind.publish(AT);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":"
                                + database.primary().port() + "/plimsoll",
                        Credentials.SERVICE,
                        credentials.service());
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT body FROM items WHERE id = 7").close();
            statement
                    .executeQuery("SELECT id FROM items WHERE id > 7 ORDER BY id LIMIT 3")
                    .close();
        }
        primary.publish(AT.plusSeconds(1));
        behind.publish(AT.plusSeconds(1));
        assertDatabaseMetrics();
        assertThat(sink.of("FullScans", "DBInstanceIdentifier")).containsExactly(0.0, 0.0);

        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":"
                                + database.primary().port() + "/plimsoll",
                        Credentials.SERVICE,
                        credentials.service());
                Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT id FROM items WHERE body LIKE 'nothing%'")
                    .close();
        }
        primary.publish(AT.plusSeconds(2));
        database.close();
        assertThat(sink.of("FullScans", "DBInstanceIdentifier").get(2)).isGreaterThanOrEqualTo(20);
    }

    private void assertDatabaseMetrics() {
        String dimension = "DBInstanceIdentifier";
        assertThat(sink.of("ReplicaLag", dimension)).containsExactly(-1.0, -1.0);
        assertThat(sink.of("DatabaseConnections", dimension)).hasSize(4).allMatch(count -> count >= 1);
        assertThat(sink.of("CPUUtilization", dimension)).hasSize(4).allMatch(percent -> percent >= 0);
        assertThat(sink.of("WriteIOPS", dimension)).hasSize(2).allMatch(rate -> rate >= 0);
        assertThat(sink.of("Selects", dimension)).hasSize(2);
        assertThat(sink.of("Selects", dimension).get(0)).isPositive();
        assertThat(sink.of("Selects", dimension).get(1)).isZero();
        assertThat(sink.of("RowsExaminedPerStatement", dimension)).containsExactly(2.0);
        assertThat(sink.of("BufferPoolHitRatio", dimension)).isNotEmpty().allMatch(ratio -> ratio >= 0 && ratio <= 100);
        assertThat(sink.of("FreeStorageSpace", dimension)).hasSize(4).allMatch(bytes -> bytes > 0);
        assertThat(sink.of("DiskQueueDepth", dimension)).hasSize(4).allMatch(depth -> depth >= 0);
        assertThat(sink.values())
                .filteredOn(value -> value.metric().equals("ReplicaLag"))
                .allMatch(value -> value.dimensions().containsValue("plimsoll-db-replica-1")
                        && value.unit().equals("Seconds"));
    }

    @Test
    void aServerThatIsGoneHasNoDatapoint() {
        CacheServer cache = cache();
        cache.process().kill();
        assertThat(Await.until(() -> !cache.process().isAlive(), Duration.ofSeconds(5)))
                .isTrue();

        new CacheMetrics(sink, cache).publish(AT);

        assertThat(sink.values()).isEmpty();
    }

    @Test
    void aCachesZerosArePublishedAndItsHitsCounted() {
        CacheServer cache = cache();
        CacheMetrics metrics = new CacheMetrics(sink, cache);
        metrics.publish(AT);
        metrics.publish(AT.plusSeconds(1));

        try (Jedis client = new Jedis("127.0.0.1", cache.port())) {
            client.auth("secret");
            client.set("a", "1");
            client.get("a");
            client.get("a");
            client.get("b");
        }
        metrics.publish(AT.plusSeconds(2));

        String dimension = "CacheClusterId";
        assertThat(sink.of("CacheHits", dimension)).containsExactly(0.0, 2.0);
        assertThat(sink.of("CacheMisses", dimension)).containsExactly(0.0, 1.0);
        assertThat(sink.of("Evictions", dimension)).containsExactly(0.0, 0.0);
        assertThat(sink.of("CurrConnections", dimension)).hasSize(3).allMatch(count -> count >= 1);
        assertThat(sink.of("EngineCPUUtilization", dimension)).hasSize(2);
        assertThat(sink.of("CacheHits", "CacheClusterId,CacheNodeId")).containsExactly(0.0, 2.0);
    }

    @Test
    void aCacheBeyondItsMemoryEvicts() {
        CacheServer cache = cache();
        CacheMetrics metrics = new CacheMetrics(sink, cache);
        metrics.publish(AT);

        try (Jedis client = new Jedis("127.0.0.1", cache.port())) {
            client.auth("secret");
            for (int i = 0; i < 3_000; i++) {
                client.set("key-" + i, "x".repeat(1_024));
            }
        }
        metrics.publish(AT.plusSeconds(1));

        assertThat(sink.of("Evictions", "CacheClusterId")).hasSize(1).allMatch(count -> count > 0);
    }

    private CacheServer cache() {
        return CacheServer.start(guardian, binaries.redis(Optional.empty()), "cache", 3L << 20, "secret");
    }
}
