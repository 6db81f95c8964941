package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.environments.local.database.ReadReplica;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.estate.DatabaseEvent;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.scaling.ScalingProcess;
import io.plimsoll.environments.local.site.Disturbances;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.results.document.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** What the disturbances of databases, caches and instances really do, seen through the service or the processes. */
class DisturbancesTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Stack stack;

    @BeforeAll
    static void start() {
        Document.Node document = Document.read(Path.of("..", "local.yaml")).with("stack.service.items", "50", "test");
        stack = Stack.start(
                StackDescriptorReader.read(document, "cached-replicas", Kinds.ALL), TestCache.shared(), line -> {});
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** Does one, and finds that the audit has it. */
    private static String disturb(String name, Map<String, String> parameters) throws Refused {
        String done = stack.site().disturbances().apply(name, new Disturbances.Parameters(parameters));
        assertThat(stack.site().audit().entries())
                .anyMatch(
                        entry -> entry.name().equals(name) && entry.parameters().equals(parameters));
        return done;
    }

    private static int send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.site().announced().get("baseUrl") + path));
    }

    private static int get(String path) {
        return send(request(path));
    }

    /** Stores an item; returns its id once that is acknowledged, which may take several attempts while writes are out. */
    private static String store() {
        HttpRequest post = request("/items")
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString("disturbed"))
                .build();
        List<String> ids = new ArrayList<>();
        assertThat(Await.until(
                        () -> {
                            try {
                                HttpResponse<String> answer = CLIENT.send(post, HttpResponse.BodyHandlers.ofString());
                                return answer.statusCode() == 201
                                        && ids.add(answer.body().replaceAll("\\D", ""));
                            } catch (IOException e) {
                                return false;
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        },
                        LIMIT))
                .isTrue();
        return ids.get(0);
    }

    private static ReplicatedDatabase database() {
        return stack.estate().all(ReplicatedDatabase.class).get(0);
    }

    private static ReadReplica replica(String id) {
        return database().replicas().stream()
                .filter(replica -> replica.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean has(String replica, String item) {
        return get("/items/" + item + "?from=" + replica) == 200;
    }

    @Test
    void aKilledPrimaryIsReplacedAndKeepsWhatItAcknowledged() throws Refused {
        assertThat(Await.until(() -> database().primary().isInSync(), LIMIT)).isTrue();
        String before = store();
        String server = database().primary().active().id();

        assertThat(disturb("kill-primary", Map.of())).isEqualTo("killed " + server);

        store();
        assertThat(database().primary().active().id()).isNotEqualTo(server);
        assertThat(get("/items/" + before + "?from=plimsoll-db")).isEqualTo(200);
        assertThat(database().events())
                .extracting(DatabaseEvent::message)
                .anyMatch(message -> message.contains("failover"));
    }

    @Test
    void aLockedReplicaAppliesNothingUntilItIsUnlocked() throws Refused {
        disturb("lock-replica", Map.of("id", "plimsoll-db-replica-1"));
        String item = store();
        assertThat(Await.until(() -> has("plimsoll-db-replica-2", item), LIMIT)).isTrue();
        assertThat(has("plimsoll-db-replica-1", item)).isFalse();

        disturb("unlock-replica", Map.of("id", "plimsoll-db-replica-1"));

        assertThat(Await.until(() -> has("plimsoll-db-replica-1", item), LIMIT)).isTrue();
    }

    @Test
    void aStoppedReplicaAppliesNothingUntilItIsStarted() throws Refused {
        assertThat(disturb("stop-replica", Map.of("id", "plimsoll-db-replica-2")))
                .isEqualTo("stopped: plimsoll-db-replica-2");
        String item = store();
        assertThat(Await.until(() -> has("plimsoll-db-replica-1", item), LIMIT)).isTrue();
        assertThat(has("plimsoll-db-replica-2", item)).isFalse();

        disturb("start-replica", Map.of("id", "plimsoll-db-replica-2"));

        assertThat(Await.until(() -> has("plimsoll-db-replica-2", item), LIMIT)).isTrue();
    }

    @Test
    void aDelayedReplicaIsBehindByAtLeastThat() throws Refused {
        disturb("delay-replica", Map.of("id", "plimsoll-db-replica-1", "seconds", "3600"));
        String item = store();
        assertThat(Await.until(() -> has("plimsoll-db-replica-2", item), LIMIT)).isTrue();
        assertThat(has("plimsoll-db-replica-1", item)).isFalse();

        disturb("delay-replica", Map.of("id", "plimsoll-db-replica-1", "seconds", "0"));

        assertThat(Await.until(() -> has("plimsoll-db-replica-1", item), LIMIT)).isTrue();
    }

    @Test
    void withoutAPrimaryKeyEveryReadScansTheItems() throws Refused, SQLException {
        disturb("drop-primary-key", Map.of());
        assertThat(Await.until(() -> scannedByOneRead() >= 50, LIMIT)).isTrue();

        disturb("restore-primary-key", Map.of());

        assertThat(Await.until(() -> scannedByOneRead() <= 0, LIMIT)).isTrue();
    }

    private static long scannedByOneRead() {
        try {
            long before = replica("plimsoll-db-replica-1").server().rowsScanned();
            assertThat(has("plimsoll-db-replica-1", "1")).isTrue();
            return replica("plimsoll-db-replica-1").server().rowsScanned() - before;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFrozenInstanceStopsInItsTracksUntilItIsThawed() throws Refused, IOException {
        InstanceView web = stack.estate().instances().stream()
                .filter(instance -> instance.tier().equals("web") && instance.state() == InstanceView.State.RUNNING)
                .findFirst()
                .orElseThrow();
        // A group would replace it: it must not act on what its health checks find.
        stack.site().scaling().group("plimsoll-web").suspend(List.of(ScalingProcess.REPLACE_UNHEALTHY), true);
        disturb("freeze-instance", Map.of("id", web.id()));
        assertThat(Await.until(() -> state(web) == 'T', LIMIT)).isTrue();

        disturb("thaw-instance", Map.of("id", web.id()));

        assertThat(Await.until(() -> state(web) == 'S', LIMIT)).isTrue();
        assertThat(send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + "/items/1"))))
                .isEqualTo(200);
    }

    /** As {@code ps} shows it. */
    private static char state(InstanceView instance) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(instance.pid()), "stat"));
            return status.charAt(status.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBusyCacheComputes() throws Refused {
        ChildProcess redis = stack.site().parts().stream()
                .flatMap(part -> part.processes().entrySet().stream())
                .filter(entry -> entry.getKey().equals("plimsoll-cache"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        Duration before = redis.cpuTime().orElseThrow();

        assertThat(disturb("cache-busy", Map.of("seconds", "5"))).isEqualTo("busy for 5 s");

        // It takes some 15 ms of them by itself.
        assertThat(Await.until(() -> redis.cpuTime().orElseThrow().minus(before).toMillis() >= 200, LIMIT))
                .isTrue();
    }

    @Test
    void aStickyTargetGroupGivesItsClientsACookie() throws Refused {
        assertThat(cookies()).isEmpty();

        disturb("stickiness-on", Map.of("of", "web", "seconds", "60"));
        assertThat(cookies()).anyMatch(cookie -> cookie.startsWith("AWSALB="));

        disturb("stickiness-off", Map.of("of", "web"));
        assertThat(cookies()).isEmpty();
    }

    private static List<String> cookies() {
        try {
            return CLIENT.send(request("/items/1").timeout(LIMIT).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .allValues("Set-Cookie");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEndpointFailsAsAskedUntilItIsHealed() throws Refused {
        try (CloudWatchClient client = CloudWatchClient.builder()
                .endpointOverride(
                        URI.create(String.valueOf(stack.site().announced().get("awsEndpoint"))))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build()) {
            client.describeAlarms();

            disturb("endpoint-refuse", Map.of("operation", "DescribeAlarms"));
            assertThat(errorOf(client)).contains("AccessDenied");
            disturb("endpoint-heal", Map.of());
            assertThat(errorOf(client)).isEmpty();
            disturb("endpoint-throttle", Map.of("operation", "DescribeAlarms", "every", "0"));
            assertThat(errorOf(client)).contains("Throttling");
            disturb("endpoint-heal", Map.of());
            disturb("endpoint-expire-credentials", Map.of());
            assertThat(errorOf(client)).contains("ExpiredToken");
            disturb("endpoint-heal", Map.of());
            disturb("endpoint-drop-pages", Map.of("operation", "DescribeAlarms"));
            assertThat(errorOf(client)).as("a first page").isEmpty();
            disturb("endpoint-heal", Map.of());
            disturb("endpoint-delay-datapoints", Map.of("seconds", "3600"));
            assertThat(client.listMetrics().metrics()).isNotEmpty();
            disturb("endpoint-heal", Map.of());
        }
    }

    private static Optional<String> errorOf(CloudWatchClient client) {
        try {
            client.describeAlarms();
            return Optional.empty();
        } catch (AwsServiceException e) {
            return Optional.of(e.awsErrorDetails().errorCode());
        }
    }

    /** A disturbance whose effect no test sees is not to be trusted in a run. */
    @Test
    void everyDisturbanceIsInATest() throws IOException {
        Refused unknown = catchThrowableOfType(
                Refused.class, () -> stack.site().disturbances().apply("none", new Disturbances.Parameters(Map.of())));
        String valid = String.valueOf(unknown.getMessage());
        List<String> names =
                List.of(valid.substring(valid.indexOf("valid: ") + 7).split(", ", -1));
        assertThat(names).hasSizeGreaterThan(20);
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                tests.append(Files.readString(file));
            }
        }
        assertThat(names).allMatch(name -> tests.indexOf("\"" + name) >= 0 || tests.indexOf("/" + name) >= 0);
    }
}
