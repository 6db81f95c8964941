package io.plimsoll.environments.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plimsoll.environments.local.estate.DatabaseEvent;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Real servers: a primary and a replica with 50 rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicatedDatabaseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestDatabase test =
            new TestDatabase(DatabaseSetup.of("plimsoll-db", 1, List.of("a"), DatabaseSetup.Rows.unsharded(50)));
    private final ReplicatedDatabase database = test.database();

    @AfterAll
    void stop() {
        test.close();
    }

    private ReadReplica replica() {
        return database.replicas().get(0);
    }

    private void insert(int id) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":"
                                + database.primary().port() + "/plimsoll",
                        Credentials.SERVICE,
                        test.credentials().service());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO items VALUES (" + id + ", 'x')");
        }
    }

    private boolean replicaHas(long id) {
        return test.ids(replica().server()).contains(id);
    }

    private OptionalDouble lag() {
        try {
            return replica().server().replicationLagSeconds();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(1)
    void rowsOfOneKilobyteArePresentOnBothFromTheStart() throws SQLException {
        for (DatabaseServer server : database.servers()) {
            assertThat(server.text("SELECT CONCAT(COUNT(*), ' ', MIN(id), ' ', MAX(id), ' ', MIN(LENGTH(body)), ' ',"
                            + " MAX(LENGTH(body))) FROM plimsoll.items"))
                    .isEqualTo("50 1 50 1024 1024");
        }
    }

    @Test
    @Order(2)
    void aWriteToThePrimaryBecomesVisibleOnTheReplica() throws SQLException {
        insert(1_000);

        assertThat(Await.until(() -> replicaHas(1_000), LIMIT)).isTrue();
        assertThat(lag()).hasValue(0);
    }

    @Test
    @Order(3)
    void nobodyLogsInWithoutAPassword() {
        for (String user : new String[] {"root", "", Credentials.CONTROL, Credentials.SERVICE}) {
            for (DatabaseServer server : database.servers()) {
                assertThat(catchThrowable(() -> DriverManager.getConnection(
                                        "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + server.port() + "/",
                                        user,
                                        "")
                                .close()))
                        .as("user '%s' on %s", user, server.id())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("Access denied");
            }
        }
    }

    @Test
    @Order(4)
    void aReplicaThatIsHeldBackSaysHowFar() throws SQLException {
        replica().delay(Duration.ofSeconds(3));

        insert(2_000);

        assertThat(Await.until(() -> lag().orElse(0) >= 1, LIMIT)).isTrue();
        assertThat(replicaHas(2_000)).isFalse();
        assertThat(Await.until(() -> replicaHas(2_000), LIMIT)).isTrue();
        replica().delay(Duration.ZERO);
    }

    @Test
    @Order(5)
    void aLockedReplicaLagsUntilItIsUnlocked() throws SQLException {
        replica().lock();
        insert(3_000);

        assertThat(Await.until(() -> lag().orElse(0) >= 1, LIMIT)).isTrue();
        assertThat(replicaHas(3_000)).isFalse();

        replica().unlock();
        assertThat(Await.until(() -> replicaHas(3_000), LIMIT)).isTrue();
    }

    @Test
    @Order(6)
    void withoutItsPrimaryKeyAReadOfOneItemExaminesAll() throws SQLException {
        assertThat(rowsReadByOneSelect()).isEqualTo(1);

        database.dropPrimaryKey();
        assertThat(rowsReadByOneSelect()).isGreaterThanOrEqualTo(53);

        database.restorePrimaryKey();
        assertThat(rowsReadByOneSelect()).isEqualTo(1);
    }

    private long rowsReadByOneSelect() throws SQLException {
        DatabaseServer server = database.primary().active();
        long before = rowsRead(server);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":"
                                + database.primary().port() + "/plimsoll",
                        Credentials.SERVICE,
                        test.credentials().service());
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT body FROM items WHERE id = 7").close();
        }
        // The server books what a connection did once that is closed, which it does not wait for.
        Await.until(() -> rowsRead(server) > before, LIMIT);
        return rowsRead(server) - before;
    }

    private static long rowsRead(DatabaseServer server) {
        try {
            return server.accountStatistics().getOrDefault("ROWS_READ", 0L);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(7)
    void aReplicaThatIsStoppedHasNoLagToTellAndSaysSo() throws SQLException {
        replica().server().stopReplication();

        assertThat(lag()).isEmpty();
        assertThat(Await.until(() -> lastMessage().equals("Replication has stopped."), LIMIT))
                .isTrue();

        replica().server().startReplication();
        assertThat(Await.until(() -> lag().isPresent(), LIMIT)).isTrue();
        assertThat(Await.until(() -> lastMessage().equals("Replication for the Read Replica resumed."), LIMIT))
                .isTrue();
    }

    private String lastMessage() {
        return database.events().stream()
                .filter(event -> event.source().equals("plimsoll-db-replica-1"))
                .map(DatabaseEvent::message)
                .reduce((first, second) -> second)
                .orElse("");
    }
}
