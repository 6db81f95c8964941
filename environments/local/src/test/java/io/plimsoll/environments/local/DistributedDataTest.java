package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.process.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Stage 6 from outside: shards, timelines, and a shard that is lost. */
class DistributedDataTest {
    @TempDir
    Path temporary;

    @Test
    void itemsAreSharedByKeyAndALostShardHurtsItsOwnAlone() throws IOException {
        try (RunningStack stack = RunningStack.startStage("distributed-data", temporary, "stack.service.items=50")) {
            assertThat(shard(stack.get("/items/7"))).isEqualTo("plimsoll-shards-1");
            assertThat(shard(stack.get("/items/8"))).isEqualTo("plimsoll-shards-0");
            HttpResponse<byte[]> created = stack.post("/timeline/5", "hello".getBytes(StandardCharsets.UTF_8));
            assertThat(created.statusCode()).isEqualTo(201);
            String id = text(created).replaceAll("\\D", "");
            assertThat(stack.get("/items/" + id).body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(Await.until(() -> text(stack.get("/timeline/5")).contains(id), Duration.ofSeconds(10)))
                    .isTrue();
            assertThat(text(stack.get("/timeline/5")))
                    .isEqualTo("{\"items\":[{\"id\":" + id + ",\"excerpt\":\"68656c6c6f\"}]}\n");

            awaitMarker(stack);
            awaitLoaded(stack);

            String token = stack.ready().get("controlToken").asText();
            assertThat(stack.order("/disturb/lose-shard?id=plimsoll-shards-1", token)
                            .statusCode())
                    .isEqualTo(200);

            assertThat(stack.get("/items/9").statusCode()).isEqualTo(503);
            assertThat(shard(stack.get("/items/9"))).isEqualTo("plimsoll-shards-1");
            assertThat(stack.get("/items/10").statusCode()).isEqualTo(200);

            assertThat(stack.order("/disturb/restore-shard?id=plimsoll-shards-1", token)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Await.until(() -> stack.get("/items/9").statusCode() == 200, Duration.ofSeconds(20)))
                    .isTrue();

            stack.disturb("drop-shard-keys");
            assertThat(stack.get("/items/12").statusCode()).isEqualTo(200);
            assertThat(Await.until(() -> scans(stack), Duration.ofSeconds(60))).isTrue();
        }
    }

    /** Whether a shard was seen to read all of its 25 items for one. */
    private static boolean scans(RunningStack stack) {
        try (CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build()) {
            return MetricReads.values(
                            metrics,
                            "Plimsoll/MySQL",
                            "FullScans",
                            "DBInstanceIdentifier",
                            "plimsoll-shards-0",
                            "Maximum")
                    .stream()
                    .anyMatch(rows -> rows >= 25);
        }
    }

    /** A marker goes to the database that the replicas follow, though items are in the shards. */
    private static void awaitMarker(RunningStack stack) {
        HttpResponse<byte[]> written = stack.post("/markers", "marker".getBytes(StandardCharsets.UTF_8));
        assertThat(written.statusCode()).isEqualTo(201);
        String marker = written.headers().firstValue("Location").orElseThrow();
        assertThat(marker).matches("/markers/\\d+");
        for (String replica : new String[] {"plimsoll-db-replica-1", "plimsoll-db-replica-2"}) {
            assertThat(Await.until(
                            () -> "marker".equals(text(stack.get(marker + "?from=" + replica))),
                            Duration.ofSeconds(10)))
                    .isTrue();
        }
    }

    /** The item is in the warehouse. */
    private static void awaitLoaded(RunningStack stack) {
        try (CloudWatchClient metrics = stack.aws(CloudWatchClient.builder()).build()) {
            assertThat(Await.until(
                            () -> MetricReads.values(
                                                    metrics,
                                                    "Plimsoll/Warehouse",
                                                    "RowsLoaded",
                                                    "ClusterIdentifier",
                                                    "plimsoll-warehouse",
                                                    "Sum")
                                            .stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum()
                                    == 1,
                            Duration.ofSeconds(60)))
                    .isTrue();
        }
    }

    private static String shard(HttpResponse<byte[]> response) {
        return response.headers().firstValue("X-Shard").orElse("");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
