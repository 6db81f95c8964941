package io.plimsoll.environments.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.descriptor.StackDescriptor;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** With 20 ms of virtual CPU a read, an instance of one vCPU serves 50 reads a second, two 100, and four 200. */
@Isolated("what is served in three seconds is counted")
class CapacityTest {
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void aGroupThatScalesFromOneToTwoToFourHasTheCapacityOfItsVirtualCpus() {
        Document.Node document = Document.read(Path.of("..", "local.yaml"))
                .with("stack.service.items", "50", "test")
                .with("stack.service.read-cost", "20 ms", "test");
        StackDescriptor descriptor = StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL);
        try (Stack stack = Stack.start(descriptor, TestCache.shared(), line -> {})) {
            InstanceFleet read = stack.estate().all(InstanceFleet.class).stream()
                    .filter(fleet -> fleet.instances().get(0).tier().equals("read"))
                    .findFirst()
                    .orElseThrow();
            URI item = URI.create(stack.site().announced().get("baseUrl") + "/items/1");
            ScalingGroup group = stack.site().scaling().group("plimsoll-read");
            group.suspend(List.of(ScalingProcess.ALARM_NOTIFICATION), true);
            for (int instances : List.of(1, 2, 4)) {
                group.setDesired(instances, false);
                assertThat(Await.until(() -> healthy(stack) == instances, Duration.ofSeconds(60)))
                        .isTrue();

                assertThat(served(item, 10 * instances)).isCloseTo(50 * 3 * instances, Percentage.withPercentage(10));
                assertThat(read.cpuByInstance().values()).allMatch(percent -> percent > 95);
            }
        }
    }

    private static long healthy(Stack stack) {
        return stack.estate().targets().stream()
                .filter(target -> target.targetGroup().equals("plimsoll-read"))
                .filter(target -> target.health() == TargetView.Health.HEALTHY)
                .count();
    }

    /** Reads answered 200 within the window by so many clients that each ask again once they are answered. */
    private int served(URI item, int clients) {
        AtomicInteger served = new AtomicInteger();
        AtomicBoolean asking = new AtomicBoolean(true);
        for (int i = 0; i < clients; i++) {
            ask(item, asking, served);
        }
        // The first answers of cold connections are not counted.
        assertThat(Await.until(() -> served.get() >= 2 * clients, Duration.ofSeconds(20)))
                .isTrue();
        int before = served.get();
        long begin = System.nanoTime();
        Await.until(() -> System.nanoTime() - begin >= WINDOW.toNanos(), WINDOW.plusSeconds(1));
        int counted = served.get() - before;
        asking.set(false);
        return counted;
    }

    private void ask(URI item, AtomicBoolean asking, AtomicInteger served) {
        var unused = client.sendAsync(HttpRequest.newBuilder(item).build(), HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> {
                    if (asking.get()) {
                        if (response.statusCode() == 200) {
                            served.incrementAndGet();
                        }
                        ask(item, asking, served);
                    }
                });
    }
}
