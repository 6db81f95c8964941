package io.plimsoll.environments.local.table;

import io.plimsoll.environments.local.estate.MetricSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.process.ProcessException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A running table. Safe for several threads. */
public final class TableServer implements AutoCloseable {
    /** The attribute that is the key. */
    public static final String KEY = "key";

    /** Keys of a client; nothing checks signatures. */
    public static final String ANYONE = "plimsoll";

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);
    private static final int CONNECT_MILLIS = 500;

    private final Guardian guardian;
    private final TableProgram program;
    private final TableSettings settings;
    private final int port;
    private final TableCounts counts = new TableCounts();
    private final TableFront front;
    private final TableFront.Capacity capacity;
    private final DynamoDbClient client;
    private ChildProcess process;

    private TableServer(Guardian guardian, TableProgram program, TableSettings settings, int port) {
        this.guardian = guardian;
        this.program = program;
        this.settings = settings;
        this.port = port;
        this.process = launch();
        this.front = new TableFront(this::store, counts);
        this.capacity = new TableFront.Capacity(
                new Throughput(settings.readUnits(), settings.burst(), System::nanoTime),
                new Throughput(settings.writeUnits(), settings.burst(), System::nanoTime));
        this.client = DynamoDbClient.builder()
                .endpointOverride(front.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ANYONE, ANYONE)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Starts a store with one empty table and returns once it takes items. */
    public static TableServer start(Guardian guardian, TableProgram program, TableSettings settings) {
        TableServer server = LoopbackPorts.startOnFreePort(port -> new TableServer(guardian, program, settings, port));
        try {
            server.create();
            return server;
        } catch (SdkException e) {
            server.close();
            throw new ProcessException(settings.name() + ": the table cannot be made: " + e.getMessage(), e);
        }
    }

    private URI store() {
        return URI.create("http://" + LoopbackPorts.PRIVATE_ADDRESS + ":" + port + "/");
    }

    private ChildProcess launch() {
        ChildProcess launched = ChildProcess.start(
                guardian,
                settings.name(),
                program.command(
                        settings.region(),
                        LoopbackPorts.PRIVATE_ADDRESS,
                        port,
                        guardian.directory().resolve(settings.name() + "-data")),
                ChildProcess.Output.LOG);
        launched.awaitUp(this::listens, START_LIMIT);
        return launched;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LoopbackPorts.privateAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void create() {
        client.createTable(request -> request.tableName(settings.name())
                .keySchema(KeySchemaElement.builder()
                        .attributeName(KEY)
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName(KEY)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units -> units.readCapacityUnits((long) settings.readUnits())
                        .writeCapacityUnits((long) settings.writeUnits())));
        client.waiter().waitUntilTableExists(request -> request.tableName(settings.name()));
        front.bound(settings.name(), capacity);
    }

    /** Publishes the second that began at {@code at}; provisions what the table has been given since. */
    public void publish(Instant at, MetricSink sink) {
        TableMetrics metrics = new TableMetrics(sink);
        metrics.publish(at, counts.drain());
        provisioned().ifPresent(units -> {
            capacity.reads().provision(units.readCapacityUnits());
            capacity.writes().provision(units.writeCapacityUnits());
            metrics.publishProvisioned(
                    at,
                    settings.name(),
                    capacity.reads().unitsPerSecond(),
                    capacity.writes().unitsPerSecond());
        });
    }

    /** What the store says the table has; empty while it says nothing, or if the table is paid per request. */
    private Optional<ProvisionedThroughputDescription> provisioned() {
        if (!process().isAlive()) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.describeTable(request -> request.tableName(settings.name()))
                            .table()
                            .provisionedThroughput())
                    .filter(units -> units.readCapacityUnits() > 0 && units.writeCapacityUnits() > 0);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    public TableSettings settings() {
        return settings;
    }

    /** The store's process. */
    public synchronized ChildProcess process() {
        return process;
    }

    /** Where DynamoDB answers. */
    public URI endpoint() {
        return front.endpoint();
    }

    /**
     * Kills the store.
     *
     * @return whether it ran
     */
    public synchronized boolean lose() {
        if (!process.isAlive()) {
            return false;
        }
        process.kill();
        return Await.until(() -> !process.isAlive(), START_LIMIT);
    }

    /**
     * Starts the store again, on the items it had written.
     *
     * @return whether it was away
     */
    public synchronized boolean restore() {
        if (process.isAlive()) {
            return false;
        }
        process = launch();
        return true;
    }

    @Override
    public void close() {
        client.close();
        front.close();
        process().stop(STOP_GRACE);
    }
}
