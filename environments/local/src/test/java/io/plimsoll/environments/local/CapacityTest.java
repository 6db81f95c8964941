package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import io.plimsoll.environments.local.scaling.ScalingProcess;
import io.plimsoll.results.document.Document;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * With 20 ms of virtual CPU a read, an instance of one vCPU serves 50 reads a second, two serve 100 and four serve 200:
 * few enough that the machine's own CPUs do not matter.
 */
class CapacityTest {
    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final int PER_INSTANCE = 50;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void capacityIsThatOfTheVirtualCpusFromOneInstanceToTwoToFour() {
        Document.Node document = Document.read(Path.of("..", "local.yaml"))
                .with("stack.service.items", "50", "test")
                .with("stack.service.read-cost", "20 ms", "test")
                .with("stack.service.queue-limit", "1 s", "test");
        try (Stack stack = Stack.start(
                StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL), TestCache.shared(), line -> {})) {
            ScalingGroup group = stack.site().scaling().group("plimsoll-app");
            group.suspend(List.of(ScalingProcess.ALARM_NOTIFICATION), true);
            URI item = URI.create(stack.site().announced().get("baseUrl") + "/items/1");

            for (int instances : new int[] {1, 2, 4}) {
                group.setDesired(instances, false);
                assertThat(Await.until(() -> healthy(stack) == instances, LIMIT))
                        .as("targets: %s", stack.estate().targets())
                        .isTrue();
                assertThat(served(item, 16 * instances) / (double) WINDOW.toSeconds())
                        .as("reads a second of %d instances", instances)
                        .isCloseTo(PER_INSTANCE * instances, Percentage.withPercentage(10));
                assertThat(stack.estate()
                                .all(InstanceFleet.class)
                                .get(0)
                                .cpuByInstance()
                                .values())
                        .allMatch(percent -> percent > 90);
            }
        }
    }

    private static long healthy(Stack stack) {
        return stack.estate().targets().stream()
                .filter(target -> target.health() == TargetView.Health.HEALTHY)
                .count();
    }

    /** Reads answered 200 within the window, once all are queueing, by so many clients that each ask again at once. */
    private int served(URI item, int clients) {
        AtomicInteger served = new AtomicInteger();
        long begin = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < clients; i++) {
            ask(item, begin, served);
        }
        Duration whole = WINDOW.plusSeconds(1);
        Await.until(() -> System.nanoTime() - begin >= WINDOW.toNanos(), whole.plusSeconds(1));
        return served.get();
    }

    private void ask(URI item, long begin, AtomicInteger served) {
        var unused = client.sendAsync(HttpRequest.newBuilder(item).build(), HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> {
                    long nanos = System.nanoTime() - begin;
                    if (nanos < WINDOW.toNanos()) {
                        if (nanos >= 0 && response.statusCode() == 200) {
                            served.incrementAndGet();
                        }
                        ask(item, begin, served);
                    }
                });
    }
}
