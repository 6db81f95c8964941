package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.table.Installed;
import io.plimsoll.environments.local.table.TableProgram;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** Values by key from outside: a box with a table beside it. */
@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class KeyValueTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TABLE = "plimsoll-values";
    private static final byte[] VALUE = "a value".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    /** Starts it with the store that is installed in a directory. */
    private RunningStack start(Path installed) throws IOException {
        return RunningStack.startWith(
                Map.of(TableProgram.INSTALLED, installed.toString()),
                "single-box",
                temporary,
                "stack.service.items=10",
                "stack.parts.box.uses=[values]",
                "stack.stages.single-box.adds=[box, box-size, box-address, dns, values]",
                "stack.stages.distributed-data.adds=[shards, photos, worker, worker-size, warehouse]");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static double sum(CloudWatchClient metrics, String metric) {
        return MetricReads.values(metrics, "AWS/DynamoDB", metric, "TableName", TABLE, "Sum").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @Test
    void theServiceKeepsValuesInATableThatIsSeenAndThrottledAndLostAsDynamoDb() throws IOException {
        Installed.program();
        try (RunningStack stack = start(Path.of(System.getProperty(TableProgram.INSTALLED, "")));
                CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build();
                ResourceGroupsTaggingApiClient tags =
                        stack.aws(ResourceGroupsTaggingApiClient.builder()).build();
                DynamoDbClient dynamo = stack.aws(DynamoDbClient.builder()).build()) {
            assertThat(stack.get("/kv/a").statusCode()).isEqualTo(404);
            assertThat(stack.put("/kv/a", VALUE).statusCode()).isEqualTo(204);
            assertThat(stack.get("/kv/a").body()).isEqualTo(VALUE);
            assertThat(text(stack.put("/kv/a", new byte[0]))).isEqualTo("a value has 1 to 4096 bytes\n");

            assertThat(dynamo.listTables().tableNames()).containsExactly(TABLE);
            assertThat(tags.getResources(request -> request.tagFilters(
                                    filter -> filter.key("stack").values("plimsoll")))
                            .resourceTagMappingList())
                    .extracting(mapping -> mapping.resourceARN())
                    .contains("arn:aws:dynamodb:us-east-1:000000000000:table/" + TABLE);
            assertThat(Await.until(() -> sum(metrics, "ConsumedWriteCapacityUnits") >= 1, LIMIT))
                    .isTrue();
            assertThat(Await.until(() -> sum(metrics, "ConsumedReadCapacityUnits") >= 1, LIMIT))
                    .isTrue();

            stack.disturb("lose-table");
            assertThat(stack.get("/kv/a").statusCode()).isEqualTo(503);
            stack.disturb("restore-table");
            assertThat(stack.get("/kv/a").body()).isEqualTo(VALUE);

            dynamo.updateTable(request -> request.tableName(TABLE)
                    .provisionedThroughput(units -> units.readCapacityUnits(1L).writeCapacityUnits(1L)));
            assertThat(Await.until(
                            () -> IntStream.range(0, 20)
                                    .parallel()
                                    .map(number ->
                                            stack.put("/kv/" + number, VALUE).statusCode())
                                    .anyMatch(status -> status == 429),
                            LIMIT))
                    .isTrue();
            assertThat(Await.until(() -> sum(metrics, "WriteThrottleEvents") > 0, LIMIT))
                    .isTrue();
        }
    }

    @Test
    void aStackWhoseStoreIsNotInstalledStartsWithoutTheTableAndSaysWhy() throws IOException {
        try (RunningStack stack = start(temporary)) {
            assertThat(stack.ready().path("lacks").path("table").asText())
                    .isEqualTo("its store, dynalite, is not installed: run Maven once with -Pnosql, which needs"
                            + " Node.js 20 and npm");
            assertThat(stack.get("/kv/a").statusCode()).isEqualTo(404);
            assertThat(stack.get("/items/1").statusCode()).isEqualTo(200);
        }
    }
}
