package io.plimsoll.environments.local.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.estate.DatabaseActs.Refusal;
import io.plimsoll.environments.local.estate.DatabaseEvent;
import io.plimsoll.environments.local.process.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Real servers, a primary with its standby and a replica, whose active server is killed again and again under writes. The
 * number of seeded kills is {@code -Dfailover.kills=}, 6 unless given; 60 take about 5 minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("failover.kills", 6);

    private final TestDatabase test =
            new TestDatabase(DatabaseSetup.of("db", 1, List.of("a", "b"), DatabaseSetup.Rows.unsharded(50))
                    .withStandby()
                    .withPolicy(new FailoverPolicy(Duration.ofMillis(300), 3, Duration.ofSeconds(3))));
    private final ReplicatedDatabase database = test.database();
    private final DatabaseInstance primary = database.primary();

    @AfterAll
    void stop() {
        test.close();
    }

    private boolean isSettled() {
        return primary.status() == DatabaseInstance.Status.AVAILABLE
                && primary.isInSync()
                && database.replicas().get(0).server().replicates();
    }

    private void awaitSettled() {
        assertThat(Await.until(this::isSettled, LIMIT))
                .as("settled; %s, in sync %s, %s", primary.status(), primary.isInSync(), replications())
                .isTrue();
    }

    private List<String> replications() {
        return database.servers().stream()
                .map(server -> {
                    try {
                        return server.id() + " " + server.replication();
                    } catch (SQLException e) {
                        return server.id() + " " + e.getMessage();
                    }
                })
                .toList();
    }

    private List<String> messages() {
        return messages("db");
    }

    private List<String> messages(String source) {
        return database.events().stream()
                .filter(event -> event.source().equals(source))
                .map(DatabaseEvent::message)
                .toList();
    }

    /** Whether these are all the rows of a server; false while it is being started. */
    private static boolean holds(DatabaseServer server, Set<Long> rows) {
        try {
            return server.rows("SELECT id FROM plimsoll.items").stream()
                    .map(row -> Long.valueOf(row.get("id")))
                    .collect(Collectors.toSet())
                    .equals(rows);
        } catch (SQLException e) {
            return false;
        }
    }

    /** How often a replica was seen to have stopped. */
    private long stops(DatabaseServer replica) {
        return messages(replica.id()).stream()
                .filter("Replication has stopped."::equals)
                .count();
    }

    @Test
    @Order(1)
    void noAcknowledgedWriteIsLostHoweverOftenThePrimaryIsKilledAtSeededMoments() throws SQLException {
        Random random = new Random(20261125);
        try (Writers writers = new Writers(primary.port(), test.credentials(), 4)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitSettled();
                DatabaseServer killed = primary.active();
                long enough = writers.acknowledged().size() + 10L + random.nextInt(40);
                assertThat(Await.until(() -> writers.acknowledged().size() >= enough, LIMIT))
                        .as("writes go on before kill %d", kill)
                        .isTrue();
                writers.spin(random.nextInt(2_000_000));

                primary.killActive();

                long before = writers.acknowledged().size();
                assertThat(Await.until(() -> writers.acknowledged().size() > before + 10, LIMIT))
                        .as("writes go on after kill %d", kill)
                        .isTrue();
                assertThat(primary.active()).as("kill %d", kill).isNotSameAs(killed);
            }
            awaitSettled();
            writers.stop();
            Set<Long> acknowledged = writers.acknowledged();

            assertThat(test.ids(primary.active())).as("the primary").containsAll(acknowledged);
            long position = primary.position();
            for (DatabaseServer follower : List.of(
                    primary.standby().orElseThrow(), database.replicas().get(0).server())) {
                assertThat(Await.until(() -> test.position(follower) >= position, LIMIT))
                        .as("%s catches up", follower.id())
                        .isTrue();
                assertThat(test.ids(follower)).as(follower.id()).isEqualTo(test.ids(primary.active()));
            }
        }
        assertThat(messages())
                .containsSubsequence(
                        "DB instance created.",
                        "Multi-AZ instance failover started.",
                        "DB instance restarted.",
                        "Multi-AZ instance failover completed.");
        assertThat(messages().stream().filter("Multi-AZ instance failover completed."::equals))
                .hasSize(KILLS);
    }

    @Test
    @Order(2)
    void aStandbyWithABacklogAppliesAllOfItBeforeItTakesWrites() throws SQLException {
        awaitSettled();
        DatabaseServer standby = primary.standby().orElseThrow();
        standby.execute("STOP SLAVE SQL_THREAD");
        try (Writers writers = new Writers(primary.port(), test.credentials(), 4)) {
            assertThat(Await.until(() -> writers.acknowledged().size() >= 200, LIMIT))
                    .isTrue();
            assertThat(test.position(standby)).isLessThan(primary.position());

            primary.killActive();

            long before = writers.acknowledged().size();
            assertThat(Await.until(() -> writers.acknowledged().size() > before + 10, LIMIT))
                    .isTrue();
            assertThat(primary.active()).isSameAs(standby);
            writers.stop();
            assertThat(test.ids(primary.active())).containsAll(writers.acknowledged());
        }
    }

    @Test
    @Order(3)
    void aStandbyThatCannotApplyItsBacklogIsNotPromotedAndNothingIsLost() throws SQLException {
        awaitSettled();
        DatabaseServer active = primary.active();
        DatabaseServer standby = primary.standby().orElseThrow();
        try (SqlSession lock = standby.newSession();
                Writers writers = new Writers(primary.port(), test.credentials(), 2)) {
            lock.execute("FLUSH TABLES WITH READ LOCK");
            assertThat(Await.until(() -> writers.acknowledged().size() >= 50, LIMIT))
                    .isTrue();

            primary.killActive();

            long before = writers.acknowledged().size();
            assertThat(Await.until(() -> writers.acknowledged().size() > before + 10, LIMIT))
                    .isTrue();
            assertThat(primary.active()).isSameAs(active);
            writers.stop();
            assertThat(test.ids(active)).containsAll(writers.acknowledged());
        }
        assertThat(messages()).endsWith("Recovered from partial failover.");
    }

    @Test
    @Order(4)
    void aLostStandbyDoesNotStopThePrimaryAndComesBack() throws SQLException {
        awaitSettled();
        DatabaseServer active = primary.active();
        try (Writers writers = new Writers(primary.port(), test.credentials(), 2)) {
            primary.standby().orElseThrow().kill();

            long before = writers.acknowledged().size();
            assertThat(Await.until(() -> writers.acknowledged().size() > before + 50, LIMIT))
                    .isTrue();
            awaitSettled();
            assertThat(primary.active()).isSameAs(active);
        }
    }

    @Test
    @Order(5)
    void aPrimaryKilledWhileItsStandbyIsAwayComesBackWithAllItsData() throws SQLException {
        awaitSettled();
        DatabaseServer active = primary.active();
        try (Writers writers = new Writers(primary.port(), test.credentials(), 2)) {
            primary.standby().orElseThrow().kill();
            assertThat(Await.until(() -> !primary.isInSync(), LIMIT)).isTrue();
            long some = writers.acknowledged().size() + 20L;
            assertThat(Await.until(() -> writers.acknowledged().size() >= some || primary.isInSync(), LIMIT))
                    .isTrue();

            primary.killActive();

            long before = writers.acknowledged().size();
            assertThat(Await.until(() -> writers.acknowledged().size() > before + 10, LIMIT))
                    .isTrue();
            writers.stop();
            assertThat(test.ids(primary.active())).containsAll(writers.acknowledged());
            assertThat(primary.servers()).contains(active);
        }
    }

    @Test
    @Order(6)
    void aRebootWithFailoverSwapsZonesAndAPlainRebootDoesNot() throws SQLException {
        awaitSettled();
        List<String> zones = primary.zones();

        assertThat(database.reboot("db", true)).isEmpty();

        assertThat(database.views().get(0).status()).isEqualTo("rebooting");
        assertThat(database.reboot("db", true)).contains(Refusal.NOT_AVAILABLE);
        awaitSettled();
        assertThat(primary.zones()).containsExactly(zones.get(1), zones.get(0));

        assertThat(database.reboot("db", false)).isEmpty();
        awaitSettled();
        assertThat(primary.zones()).containsExactly(zones.get(1), zones.get(0));
        assertThat(messages())
                .endsWith(
                        "DB instance shutdown.",
                        "Recovery of the DB instance has started. Recovery time will vary with the amount of data to"
                                + " be recovered.",
                        "DB instance restarted.",
                        "Recovery of the DB instance is complete.");
        assertThat(database.reboot("db-replica-1", true)).contains(Refusal.NO_STANDBY);
    }

    @Test
    @Order(7)
    void aKilledReplicaComesBackAndCatchesUp() throws SQLException {
        awaitSettled();
        DatabaseServer replica = database.replicas().get(0).server();
        try (Writers writers = new Writers(primary.port(), test.credentials(), 2)) {
            replica.kill();
            assertThat(Await.until(() -> replica.replicates(), LIMIT)).isTrue();
            writers.stop();
            assertThat(Await.until(() -> test.ids(replica).containsAll(writers.acknowledged()), LIMIT))
                    .isTrue();
        }
    }

    @Test
    @Order(8)
    void aFollowerWhoseRowsAreNotThoseOfItsPrimaryIsMadeAnew() throws SQLException {
        awaitSettled();
        DatabaseServer standby = primary.standby().orElseThrow();
        DatabaseServer replica = database.replicas().get(0).server();
        long stopsBefore = stops(replica);
        for (DatabaseServer follower : List.of(standby, replica)) {
            try (SqlSession unlogged = follower.newSession()) {
                unlogged.execute("SET sql_log_bin = 0");
                unlogged.execute("INSERT INTO plimsoll.items (id, body) SELECT MAX(id) + 20, 'nobody wrote this' FROM"
                        + " plimsoll.items");
            }
        }
        try (Writers writers = new Writers(primary.port(), test.credentials(), 2)) {
            assertThat(Await.until(() -> !primary.isInSync(), LIMIT)).isTrue();
            assertThat(Await.until(() -> stops(replica) > stopsBefore, LIMIT)).isTrue();
            awaitSettled();
            writers.stop();
            Set<Long> rows = test.ids(primary.active());
            assertThat(rows).containsAll(writers.acknowledged());
            for (DatabaseServer follower : List.of(standby, replica)) {
                assertThat(Await.until(() -> holds(follower, rows), LIMIT))
                        .as(
                                "%s has the rows of its primary; %s, %s",
                                follower.id(), replications(), messages(replica.id()))
                        .isTrue();
            }
            assertThat(primary.standby()).contains(standby);
        }
    }
}
