package io.plimsoll.environments.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.binaries.ServerBinaries;
import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.results.document.Document;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Real servers: a primary and a replica with 50 rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatabaseClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Credentials credentials = Credentials.random();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Guardian guardian = Guardian.start();
    private final DatabaseCluster cluster;

    DatabaseClusterTest() {
        Document.Node document = Document.read(Path.of("..", "local.yaml")).with("stack.service.items", "50", "test");
        Common common =
                StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL).common();
        ServerBinaries.MariaDb binary =
                ServerBinaries.ofProcess(TestCache.shared()).mariadb(Optional.empty());
        cluster = DatabaseCluster.start(
                guardian, binary, TestCache.shared(), "plimsoll-db", 1, common, credentials, executor);
    }

    @AfterAll
    void stop() {
        guardian.close();
        executor.shutdownNow();
        assertThat(guardian.directory()).doesNotExist();
    }

    private DatabaseServer replica() {
        return cluster.replicas().get(0);
    }

    private void insert(int id) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:mariadb://127.0.0.1:" + cluster.primary().port() + "/plimsoll",
                        Credentials.SERVICE,
                        credentials.service());
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO items VALUES (" + id + ", 'x')");
        }
    }

    private boolean replicaHas(int id) {
        try {
            return replica()
                    .text("SELECT COUNT(*) FROM plimsoll.items WHERE id = " + id)
                    .equals("1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private OptionalDouble lag() {
        try {
            return replica().replicationLagSeconds();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(1)
    void rowsOfOneKilobyteArePresentOnBothFromTheStart() throws SQLException {
        for (DatabaseServer server : cluster.servers()) {
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
            for (DatabaseServer server : cluster.servers()) {
                assertThat(catchThrowable(() -> DriverManager.getConnection(
                                        "jdbc:mariadb://127.0.0.1:" + server.port() + "/", user, "")
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
        replica().delayReplication(Duration.ofSeconds(3));

        insert(2_000);

        assertThat(Await.until(() -> lag().orElse(0) >= 1, LIMIT)).isTrue();
        assertThat(replicaHas(2_000)).isFalse();
        assertThat(Await.until(() -> replicaHas(2_000), LIMIT)).isTrue();
        replica().delayReplication(Duration.ZERO);
    }

    @Test
    @Order(5)
    void aReplicaThatIsStoppedHasNoLagToTell() throws SQLException {
        replica().stopReplication();

        assertThat(lag()).isEmpty();
    }
}
