package io.plimsoll.environments.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.measure.QueueMetrics;
import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.queue.QueueClient.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real ElasticMQ in its process. */
class QueueServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Guardian guardian;

    @BeforeAll
    static void start() {
        guardian = Guardian.start();
    }

    @AfterAll
    static void stop() {
        guardian.close();
        EXECUTOR.shutdownNow();
    }

    private static QueueServer server(String name, int maxReceives) {
        return QueueServer.start(guardian, new QueueSettings(name, "us-east-1", SECOND, maxReceives), CLIENT, EXECUTOR);
    }

    private static List<Message> receive(QueueClient queue) {
        try {
            return queue.receive(10, SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsSentIsReceivedUntilItIsDeletedAndCountedAsSqsDoes() throws IOException {
        try (QueueServer server = server("jobs", 5)) {
            server.queue().send("one");
            server.queue().send("two");
            assertThat(server.queue().attributes()).containsEntry("ApproximateNumberOfMessages", "2");

            List<Message> received = receive(server.queue());
            assertThat(received).extracting(Message::body).containsExactlyInAnyOrder("one", "two");
            assertThat(received).extracting(Message::receives).containsExactly(1, 1);
            server.queue().delete(received.get(0));
            assertThat(server.queue().attributes())
                    .containsEntry("ApproximateNumberOfMessages", "0")
                    .containsEntry("ApproximateNumberOfMessagesNotVisible", "1");

            assertThat(Await.until(() -> deleted(server, "jobs") == 1, LIMIT)).isTrue();
            RecordingSink sink = new RecordingSink();
            QueueMetrics metrics = new QueueMetrics(sink, server);
            metrics.publish(Instant.now());
            assertThat(sink.of("NumberOfMessagesSent", "QueueName")).first().isEqualTo(2.0);
            assertThat(sink.of("NumberOfMessagesDeleted", "QueueName")).first().isEqualTo(1.0);
            assertThat(sink.of("NumberOfMessagesReceived", "QueueName").get(0)).isGreaterThanOrEqualTo(2.0);
            assertThat(sink.of("ApproximateAgeOfOldestMessage", "QueueName").get(0))
                    .isPositive();
        }
    }

    private static long deleted(QueueServer server, String queue) {
        return server.totals(queue).map(QueueTotals::deleted).orElse(0L);
    }

    private static long received(QueueServer server, String queue) {
        return server.totals(queue).map(QueueTotals::received).orElse(0L);
    }

    @Test
    void aMessageThatNobodyDeletesBecomesADeadLetter() throws IOException {
        try (QueueServer server = server("poisoned", 2)) {
            server.queue().send("poison");

            assertThat(Await.until(() -> receive(server.queue()).isEmpty() && holds(server.deadLetters()) == 1, LIMIT))
                    .isTrue();

            assertThat(receive(server.deadLetters())).extracting(Message::body).containsExactly("poison");
            assertThat(Await.until(() -> received(server, "poisoned-dlq") >= 1, LIMIT))
                    .isTrue();
            assertThat(server.totals("poisoned-dlq").map(QueueTotals::sent)).hasValue(0L);
            assertThat(server.totals("poisoned").map(QueueTotals::sent)).hasValue(1L);
            assertThat(deleted(server, "poisoned")).isZero();
        }
    }

    private static int holds(QueueClient queue) {
        try {
            return Integer.parseInt(queue.attributes().getOrDefault("ApproximateNumberOfMessages", "0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aQueueThatIsGoneIsToldAsAnErrorAndHasNoDatapoint() {
        QueueServer server = server("gone", 2);
        server.close();
        RecordingSink sink = new RecordingSink();

        new QueueMetrics(sink, server).publish(Instant.now());

        assertThat(sink.values()).isEmpty();
        assertThatThrownBy(() -> server.queue().send("x")).isInstanceOf(IOException.class);
    }
}
