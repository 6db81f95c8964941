package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.results.document.Document;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** With 5 ms of virtual CPU a read, an instance of one vCPU serves 200 reads a second, and two serve 400. */
class CapacityTest {
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void capacityIsThatOfTheVirtualCpusAndGrowsWithEachInstance() throws Fleet.LaunchException {
        Document.Node document = Document.read(Path.of("..", "local.yaml"))
                .with("stack.service.items", "50", "test")
                .with("stack.parts.app-group.policy.target", "99", "test")
                .with("stack.parts.app-group.max", "1", "test");
        try (Stack stack = Stack.start(
                StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL), TestCache.shared(), line -> {})) {
            InstanceFleet fleet = stack.estate().all(InstanceFleet.class).get(0);
            URI item = URI.create(stack.site().announced().get("baseUrl") + "/items/1");

            assertThat(served(item, 30)).isCloseTo(200 * 3, Percentage.withPercentage(12));
            assertThat(fleet.cpuByInstance().values()).allMatch(percent -> percent > 95);

            fleet.register(fleet.launch("us-east-1b").id());
            assertThat(Await.until(() -> healthy(stack) == 2, Duration.ofSeconds(10)))
                    .isTrue();
            assertThat(served(item, 60)).isCloseTo(400 * 3, Percentage.withPercentage(12));
        }
    }

    private static long healthy(Stack stack) {
        return stack.estate().targets().stream()
                .filter(target -> target.health() == TargetView.Health.HEALTHY)
                .count();
    }

    /** Reads answered 200 within the window by so many clients that each ask again once they are answered. */
    private int served(URI item, int clients) {
        AtomicInteger served = new AtomicInteger();
        long begin = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            ask(item, begin, served);
        }
        Await.until(() -> System.nanoTime() - begin >= WINDOW.toNanos(), WINDOW.plusSeconds(1));
        return served.get();
    }

    private void ask(URI item, long begin, AtomicInteger served) {
        var unused = client.sendAsync(HttpRequest.newBuilder(item).build(), HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> {
                    if (System.nanoTime() - begin < WINDOW.toNanos()) {
                        if (response.statusCode() == 200) {
                            served.incrementAndGet();
                        }
                        ask(item, begin, served);
                    }
                });
    }
}
