package io.plimsoll.simulations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.ServiceClock;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbesTest {
    private static final ProbeFile FILE = ProbeFile.read(Path.of("probes"), "reference");

    private FakeService service = service();
    private ProbeClient client = new ProbeClient(name -> service.url(), Clock.systemUTC());

    private static FakeService service() {
        try {
            return new FakeService();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        client = new ProbeClient(name -> service.url(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void theServicesClockIsReadAtTheStartAndAtTheEnd() throws InterruptedException {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30));
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            Seconds requests = Seconds.sums();
            ServiceTime probe = new ServiceTime(
                    new ServiceClock(URI.create(service.url() + "/items/1"), ahead),
                    requests,
                    Clock.systemUTC(),
                    workers);
            probe.tick(Instant.now());
            Findings found = probe.finish();

            assertThat(found.series()).extracting(Series::name).containsExactly(ServiceTime.OFFSET, ServiceTime.ERROR);
            assertThat(found.series().get(0).samples())
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.value()).isBetween(-40.0, -20.0));
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void everyAcknowledgedWriteThatIsThereIsNotLost() throws InterruptedException {
        WriteLedger ledger = new WriteLedger(client, FILE.ledger().orElseThrow(), "db");
        tickUntil(ledger, () -> service.items.size() >= 5);

        Findings found = ledger.finish();

        assertThat(sum(found, "acknowledged writes")).isGreaterThanOrEqualTo(5);
        assertThat(sum(found, "lost writes")).isZero();
        assertThat(sum(found, "write outage")).isZero();
        assertThat(found.events()).isEmpty();
    }

    @Test
    void anAcknowledgedWriteThatIsGoneIsLostInItsSecond() throws InterruptedException {
        WriteLedger ledger = new WriteLedger(client, FILE.ledger().orElseThrow(), "db");
        tickUntil(ledger, () -> service.items.size() >= 3);
        service.items.remove("2");

        assertThat(sum(ledger.finish(), "lost writes")).isEqualTo(1);
    }

    @Test
    void anOutageIsTheTimeBetweenTheWritesAroundIt() throws InterruptedException {
        WriteLedger ledger = new WriteLedger(client, FILE.ledger().orElseThrow(), "db");
        tickUntil(ledger, () -> service.items.size() >= 3);
        service.refusesWrites = true;
        Instant end = Instant.now().plusMillis(600);
        tickUntil(ledger, () -> Instant.now().isAfter(end));
        service.refusesWrites = false;
        int before = service.items.size();
        tickUntil(ledger, () -> service.items.size() >= before + 3);

        Findings found = ledger.finish();

        assertThat(found.events())
                .extracting(event -> event.details().get("mark"))
                .containsExactly("write-outage", "writes-restored");
        Event restored = found.events().get(1);
        Duration lasted = Duration.between(found.events().get(0).at(), restored.at());
        assertThat(lasted).isPositive();
        assertThat(restored.details()).containsKey("seconds");
        assertThat(sum(found, "lost writes")).isZero();
    }

    @Test
    void aReplicaWithoutTheMarkerGetsStalerAndTheOthersDoNot() {
        ReplicaStaleness staleness =
                new ReplicaStaleness(client, FILE.staleness().orElseThrow(), List.of("good", "bad"));
        service.hidden.add("bad");
        Instant end = Instant.now().plusMillis(2500);
        tickUntil(staleness, () -> Instant.now().isAfter(end));

        Findings found = staleness.finish();

        assertThat(max(found, "staleness", "bad")).isGreaterThan(1);
        assertThat(max(found, "staleness", "good")).isLessThan(max(found, "staleness", "bad"));
        assertThat(found.series())
                .allSatisfy(series -> assertThat(series.samples()).isNotEmpty());
    }

    @Test
    void aSessionThatTheServiceForgetsIsLostOnceAndThenStartedAgain() {
        Sessions sessions = new Sessions(client, FILE.sessions().orElseThrow());
        tickUntil(sessions, () -> service.sessions.size() == 10);
        tickUntil(sessions, () -> sum(sessions.finish(), "sessions checked") >= 10);
        assertThat(sum(sessions.finish(), "sessions lost")).isZero();

        service.sessions.remove("probe-3");
        tickUntil(sessions, () -> sum(sessions.finish(), "sessions lost") >= 1 && service.sessions.contains("probe-3"));

        assertThat(sum(sessions.finish(), "sessions lost")).isEqualTo(1);
    }

    @Test
    void errorsOfAShardCountAgainstItAlone() {
        for (int key = 1; key <= 64; key++) {
            service.items.put(Integer.toString(key), "x");
        }
        ShardKeys shards = new ShardKeys(client, FILE.shards().orElseThrow(), List.of("shard-0", "shard-1"));
        tickUntil(shards, () -> sum(shards.finish(), "shard requests") >= 64);
        service.brokenShard = java.util.Optional.of("shard-1");
        tickUntil(shards, () -> sum(shards.finish(), "shard errors") >= 5);

        Findings found = shards.finish();

        assertThat(sum(found, "shard errors", "shard-0")).isZero();
        assertThat(sum(found, "shard errors", "shard-1")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aPortThatIsOpenAndMustNotBeIsUnexpectedAndOneThatIsClosedIsMissing() throws IOException {
        ExecutorService workers = Executors.newCachedThreadPool();
        try (ServerSocket wanted = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ServerSocket leaky = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            int closed = closedPort();
            OpenPorts ports = new OpenPorts(
                    new OpenPorts.Front(
                            "127.0.0.1",
                            Set.of(wanted.getLocalPort(), closed),
                            Set.of(wanted.getLocalPort(), closed, leaky.getLocalPort())),
                    workers);
            tickUntil(ports, () -> sum(ports.finish(), "unexpected ports") > 0);

            assertThat(max(ports.finish(), "unexpected ports", "client")).isEqualTo(1);
            assertThat(max(ports.finish(), "missing ports", "client")).isEqualTo(1);
        } finally {
            workers.shutdownNow();
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ticks a probe, not faster than it wants, until something is so; never for longer than half a minute. */
    private static void tickUntil(Probe probe, BooleanSupplier done) {
        Instant end = Instant.now().plusSeconds(30);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("time to get there").isBefore(end);
            probe.tick(Instant.now());
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static double sum(Findings found, String metric) {
        return found.series().stream()
                .filter(series -> series.name().equals(metric))
                .flatMap(series -> series.samples().stream())
                .mapToDouble(Sample::value)
                .sum();
    }

    private static double sum(Findings found, String metric, String resource) {
        return series(found, metric, resource).samples().stream()
                .mapToDouble(Sample::value)
                .sum();
    }

    private static double max(Findings found, String metric, String resource) {
        return series(found, metric, resource).samples().stream()
                .mapToDouble(Sample::value)
                .max()
                .orElseThrow();
    }

    private static Series series(Findings found, String metric, String resource) {
        return found.series().stream()
                .filter(series ->
                        series.name().equals(metric) && series.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }
}
