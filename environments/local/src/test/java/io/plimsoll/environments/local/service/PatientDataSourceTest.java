package io.plimsoll.environments.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against a port that takes every connection and closes it at once, as that of a database that is away. */
class PatientDataSourceTest {
    private final AtomicInteger attempts = new AtomicInteger();

    private ServerSocket away() throws IOException {
        ServerSocket port = new ServerSocket(0, 50, InetAddress.getByName(LoopbackPorts.PRIVATE_ADDRESS));
        Thread closer = new Thread(() -> {
            while (!port.isClosed()) {
                try {
                    port.accept().close();
                    attempts.incrementAndGet();
                } catch (IOException e) {
                    return; // the test has closed the port
                }
            }
        });
        closer.setDaemon(true);
        closer.start();
        return port;
    }

    @Test
    void aDatabaseThatIsAwayIsTriedForASecondBeforeItIsSaidToBe() throws IOException {
        try (ServerSocket port = away()) {
            PatientDataSource source = new PatientDataSource(
                    "jdbc:mariadb://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port.getLocalPort() + "/plimsoll",
                    "plimsoll",
                    "secret");
            long begin = System.nanoTime();

            assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);

            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(1_000_000_000L);
            assertThat(attempts.get()).isGreaterThan(1);
        }
    }

    /** By itself it would double the time between them up to 5 s, and make 12 in the time this takes at most. */
    @Test
    void aPoolGoesOnTryingAtShortIntervals() throws IOException {
        try (ServerSocket port = away();
                ConnectionPool pool = ConnectionPool.of("primary", port.getLocalPort(), 1, "secret")) {
            assertThat(Await.until(() -> attempts.get() >= 20, Duration.ofSeconds(20)))
                    .as("attempts to connect: %d", attempts.get())
                    .isTrue();
            assertThatThrownBy(pool::check).isInstanceOf(SQLException.class);
        }
    }
}
