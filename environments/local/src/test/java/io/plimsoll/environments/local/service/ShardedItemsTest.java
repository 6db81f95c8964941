package io.plimsoll.environments.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.DatabaseInstance;
import io.plimsoll.environments.local.database.DatabaseSetup;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two real primaries that share 50 items. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShardedItemsTest {
    private final Credentials credentials = Credentials.random();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Guardian guardian = Guardian.start();
    private final List<ReplicatedDatabase> shards = List.of(shard(0), shard(1));
    private final ShardedItems items = new ShardedItems(new ServiceSettings(Map.of(
            "role",
            "all",
            "shard-ports",
            "shard-0=" + port(0) + ",shard-1=" + port(1),
            "shard-password",
            credentials.service())));

    private ReplicatedDatabase shard(int number) {
        return ReplicatedDatabase.start(
                guardian,
                ServerBinaries.ofProcess(TestCache.shared()).mariadb(Optional.empty()),
                TestCache.shared(),
                DatabaseSetup.of("shard-" + number, 0, List.of("a"), new DatabaseSetup.Rows(50, 2, number)),
                credentials,
                executor);
    }

    private int port(int number) {
        return shards.get(number).primary().port();
    }

    @AfterAll
    void stop() {
        items.close();
        shards.forEach(ReplicatedDatabase::close);
        guardian.close();
        executor.shutdownNow();
    }

    private boolean canRead(long id) {
        try {
            return items.read(id).isPresent();
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    @Order(1)
    void everyItemIsReadFromItsShardAndFromNoOther() throws SQLException {
        for (long id = 1; id <= 50; id++) {
            assertThat(items.read(id)).as("item %d", id).isPresent();
            assertThat(items.readFrom("shard-" + id % 2, id)).as("item %d", id).isPresent();
            assertThat(items.readFrom("shard-" + (id + 1) % 2, id))
                    .as("item %d", id)
                    .isEmpty();
        }
        assertThat(items.shardOf(7)).contains("shard-1");
    }

    @Test
    @Order(2)
    void newItemsGoToTheShardsInTurnAndAreFoundByTheirIds() throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            byte[] body = ("item " + i).getBytes(StandardCharsets.UTF_8);
            long id = items.insert(body);
            assertThat(items.read(id)).contains(body);
            ids.add(id);
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().filter(id -> id % 2 == 0)).hasSize(5);
    }

    @Test
    @Order(3)
    void anItemIsReplacedInItsShardAndOneThatIsNotThereIsNot() throws SQLException {
        byte[] body = "replaced".getBytes(StandardCharsets.UTF_8);

        assertThat(items.replace(7, body)).isTrue();
        assertThat(items.replace(999, body)).isFalse();

        assertThat(items.read(7)).contains(body);
        assertThat(items.readFrom("shard-1", 7)).contains(body);
        assertThat(items.read(999)).isEmpty();
        assertThat(items.pools()).hasSize(2).allMatch(pool -> pool.taken().toNanos() > 0);
    }

    @Test
    @Order(4)
    void aLostShardHurtsItsOwnItemsAloneAndComesBackWithAllOfThem() throws SQLException {
        DatabaseInstance lost = shards.get(1).primary();
        lost.lose();

        assertThat(lost.status()).isEqualTo(DatabaseInstance.Status.FAILED);
        assertThatThrownBy(() -> items.read(7))
                .isInstanceOfSatisfying(
                        ShardedItems.ShardException.class,
                        error -> assertThat(error.shard()).isEqualTo("shard-1"));
        assertThat(items.read(8)).isPresent();
        assertThatThrownBy(() -> items.read(7)).hasMessage("shard shard-1 has just failed");
        items.check(Role.ALL);

        lost.restore();

        assertThat(lost.status()).isEqualTo(DatabaseInstance.Status.AVAILABLE);
        assertThat(Await.until(() -> canRead(7), Duration.ofSeconds(20))).isTrue();
        for (long id = 1; id <= 60; id++) {
            assertThat(items.read(id)).as("item %d", id).isPresent();
        }
    }
}
