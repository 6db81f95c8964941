package io.plimsoll.environments.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseCluster;
import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.results.document.Document;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private static Common common() {
        return StackDescriptorReader.read(
                        Document.read(Path.of("..", "local.yaml"))
                                .with("stack.service.items", "50", "test")
                                .with("stack.faults.replica-stopped", "true", "test"),
                        "auto-scaled",
                        Kinds.ALL)
                .common();
    }

    @Test
    void aDatabaseIsMeasuredAndAStoppedReplicaLagsMinusOne() {
        DatabaseCluster cluster = DatabaseCluster.start(
                guardian,
                binaries.mariadb(Optional.empty()),
                TestCache.shared(),
                "plimsoll-db",
                1,
                common(),
                Credentials.random(),
                executor);
        for (DatabaseServer server : cluster.servers()) {
            DatabaseMetrics metrics = new DatabaseMetrics(sink, server);
            metrics.publish(AT);
            metrics.publish(AT.plusSeconds(1));
        }

        String dimension = "DBInstanceIdentifier";
        assertThat(sink.of("ReplicaLag", dimension)).containsExactly(-1.0, -1.0);
        assertThat(sink.of("DatabaseConnections", dimension)).hasSize(4).allMatch(count -> count >= 1);
        assertThat(sink.of("CPUUtilization", dimension)).hasSize(4).allMatch(percent -> percent >= 0);
        assertThat(sink.of("WriteIOPS", dimension)).hasSize(2).allMatch(rate -> rate >= 0);
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
