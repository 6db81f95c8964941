package io.plimsoll.environments.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Guardian;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** A real store behind its front, and AWS' client before it. */
class TableServerTest {
    private static final String TABLE = "plimsoll-values";
    private static final Instant SECOND = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordingSink sink = new RecordingSink();
    private Guardian guardian;
    private TableServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        TableProgram program = Installed.program();
        guardian = Guardian.start();
        server = TableServer.start(
                guardian, program, new TableSettings(TABLE, "us-east-1", 100, 100, Duration.ofSeconds(1)));
        client = DynamoDbClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(retries -> retries.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void stop() {
        if (guardian != null) {
            client.close();
            server.close();
            guardian.close();
        }
    }

    private static Map<String, AttributeValue> item(String key, String value) {
        return Map.of("key", AttributeValue.fromS(key), "value", AttributeValue.fromS(value));
    }

    private GetItemResponse get(String key) {
        return client.getItem(request -> request.tableName(TABLE).key(Map.of("key", AttributeValue.fromS(key))));
    }

    private void put(String key, String value) {
        client.putItem(request -> request.tableName(TABLE).item(item(key, value)));
    }

    @Test
    void itemsAreStoredAndCapacityIsToldToThoseWhoAsk() {
        put("a", "one");
        GetItemResponse plain = get("a");
        assertThat(plain.item()).isEqualTo(item("a", "one"));
        assertThat(plain.consumedCapacity()).isNull();
        GetItemResponse asked = client.getItem(request -> request.tableName(TABLE)
                .key(Map.of("key", AttributeValue.fromS("a")))
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(asked.consumedCapacity().capacityUnits()).isEqualTo(1);
    }

    @Test
    void theTableIsDescribedAsOnAws() {
        TableDescription table =
                client.describeTable(request -> request.tableName(TABLE)).table();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/" + TABLE);
        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(100);
        assertThatThrownBy(() -> client.describeTable(request -> request.tableName("nix")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Requested resource not found: Table: nix not found");
    }

    @Test
    void whatHappenedIsMeasuredByTableAndOperation() {
        put("a", "x".repeat(1_500));
        get("a");
        get("b");
        assertThat(client.scan(request -> request.tableName(TABLE)).count()).isEqualTo(1);
        server.publish(SECOND, sink);
        assertThat(sink.of("ConsumedWriteCapacityUnits", "TableName")).containsExactly(2.0);
        assertThat(sink.of("ConsumedReadCapacityUnits", "TableName")).containsExactly(0.5, 0.5, 0.5);
        assertThat(sink.of("ProvisionedReadCapacityUnits", "TableName")).containsExactly(100.0);
        assertThat(sink.of("SuccessfulRequestLatency", "Operation,TableName"))
                .hasSize(4)
                .allSatisfy(millis -> assertThat(millis).isPositive());
        assertThat(sink.of("ReturnedItemCount", "Operation,TableName")).containsExactly(1.0);
        assertThat(sink.of("ThrottledRequests", "Operation,TableName")).isEmpty();
        assertThat(sink.of("SystemErrors", "Operation,TableName")).isEmpty();
    }

    @Test
    void whatExceedsTheThroughputIsThrottledAndUpdateTableChangesIt() {
        client.updateTable(request -> request.tableName(TABLE)
                .provisionedThroughput(units -> units.readCapacityUnits(1L).writeCapacityUnits(1L)));
        server.publish(SECOND, sink);
        assertThat(sink.of("ProvisionedWriteCapacityUnits", "TableName")).containsExactly(1.0);
        List<Boolean> stored = IntStream.range(0, 50)
                .mapToObj(number -> {
                    try {
                        put("k" + number, "v");
                        return true;
                    } catch (ProvisionedThroughputExceededException e) {
                        assertThat(e.awsErrorDetails().errorMessage())
                                .startsWith("The level of configured provisioned throughput");
                        return false;
                    }
                })
                .toList();
        server.publish(SECOND.plusSeconds(1), sink);
        double throttled = Collections.frequency(stored, false);
        assertThat(throttled).isPositive();
        assertThat(sink.of("ThrottledRequests", "Operation,TableName")).containsExactly(throttled);
        assertThat(sink.of("WriteThrottleEvents", "TableName")).containsExactly(throttled);
        assertThat(sink.of("ReadThrottleEvents", "TableName")).isEmpty();
        assertThat((double) sink.of("ConsumedWriteCapacityUnits", "TableName").size())
                .isCloseTo(50 - throttled, within(0.0));
    }

    @Test
    void aLostStoreIsASystemErrorAndARestoredOneHasItsItems() {
        put("a", "one");
        assertThat(server.lose()).isTrue();
        assertThat(server.lose()).isFalse();
        assertThatThrownBy(() -> get("a")).isInstanceOf(InternalServerErrorException.class);
        server.publish(SECOND, sink);
        assertThat(sink.of("SystemErrors", "Operation,TableName")).containsExactly(1.0);
        assertThat(server.restore()).isTrue();
        assertThat(server.restore()).isFalse();
        assertThat(get("a").item()).isEqualTo(item("a", "one"));
    }

    @Test
    void nothingListensBeyondLoopback() throws Exception {
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(
                                    () -> new Socket(address, server.endpoint().getPort()).close())
                            .isInstanceOf(java.io.IOException.class);
                }
            }
        }
    }
}
