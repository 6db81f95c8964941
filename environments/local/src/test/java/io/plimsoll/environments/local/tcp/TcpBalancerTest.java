package io.plimsoll.environments.local.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tcp.FlowCounts.Zone;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpBalancerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TcpBalancerSettings SETTINGS = new TcpBalancerSettings(
            "lb",
            "replicas",
            List.of("a", "b"),
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            2,
            2,
            Duration.ofMillis(300));

    private final TcpBalancer balancer = TcpBalancer.start(SETTINGS);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Map<String, Zone> counted = new TreeMap<>();

    @AfterEach
    void close() throws Exception {
        balancer.close();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private EchoServer target(String id, String zone) throws IOException {
        EchoServer server = new EchoServer();
        opened.add(server);
        balancer.register(new TcpTarget(id, server.port(), zone));
        awaitHealth(id, Health.HEALTHY);
        return server;
    }

    private void awaitHealth(String id, Health health) {
        assertThat(Await.until(
                        () -> balancer.views().stream()
                                .anyMatch(view -> view.instanceId().equals(id) && view.health() == health),
                        LIMIT))
                .as("%s becomes %s, targets %s", id, health, balancer.views())
                .isTrue();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LoopbackPorts.privateAddress(), balancer.port());
        socket.setSoTimeout((int) LIMIT.toMillis());
        opened.add(socket);
        return socket;
    }

    private static int echo(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        socket.getOutputStream().flush();
        return socket.getInputStream().read();
    }

    private int flows(String id) {
        return balancer.activeFlows().stream()
                .filter(some -> some.target().id().equals(id))
                .mapToInt(TcpBalancer.ActiveFlows::flows)
                .sum();
    }

    private Zone counted(String zone) {
        balancer.counts().drain().forEach((name, more) -> counted.merge(name, more, Zone::plus));
        return counted.getOrDefault(zone, Zone.NOTHING);
    }

    @Test
    void bytesPassInBothDirectionsUnchangedUntilBothSidesHaveEnded() throws Exception {
        target("one", "a");
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        Socket socket = connect();

        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
            try {
                return socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        socket.getOutputStream().write(sent);
        socket.shutdownOutput();

        assertThat(received.get()).isEqualTo(sent);
        assertThat(Await.until(() -> flows("one") == 0, LIMIT)).isTrue();
        assertThat(counted("a")).isEqualTo(new Zone(1, 0, 0, 0, 2L * sent.length));
    }

    @Test
    void aConnectionGoesToTheTargetWithTheFewest() throws Exception {
        target("one", "a");
        target("two", "b");

        for (int i = 0; i < 6; i++) {
            assertThat(echo(connect(), i)).isEqualTo(i);
        }

        assertThat(flows("one")).isEqualTo(3);
        assertThat(flows("two")).isEqualTo(3);
        assertThat(counted("a").newFlows()).isEqualTo(3);
        assertThat(counted("b").newFlows()).isEqualTo(3);
    }

    @Test
    void aTargetThatDoesNotAcceptBecomesUnhealthyAndIsLeftOutUntilItDoes() throws Exception {
        target("one", "a");
        EchoServer two = target("two", "b");
        two.close();
        awaitHealth("two", Health.UNHEALTHY);

        for (int i = 0; i < 4; i++) {
            assertThat(echo(connect(), i)).isEqualTo(i);
        }

        assertThat(flows("one")).isEqualTo(4);
        TargetView view = balancer.views().get(1);
        assertThat(view.reason()).isEqualTo("Target.FailedHealthChecks");
    }

    @Test
    void withoutATargetAConnectionIsResetAndWithNoHealthyOneTheOthersAreTried() throws Exception {
        Socket alone = connect();
        assertThatThrownBy(() -> readOrFail(alone)).isInstanceOf(SocketException.class);

        EchoServer dead = new EchoServer();
        int port = dead.port();
        dead.close();
        balancer.register(new TcpTarget("dead", port, "a"));
        awaitHealth("dead", Health.UNHEALTHY);
        Socket tried = connect();
        assertThatThrownBy(() -> readOrFail(tried)).isInstanceOf(SocketException.class);

        assertThat(counted("a")).isEqualTo(new Zone(0, 0, 0, 1, 0));
    }

    /** Reads; the end of the stream, which is no reset, fails the test. */
    private static int readOrFail(Socket socket) throws IOException {
        int read = socket.getInputStream().read();
        throw new AssertionError("read " + read);
    }

    @Test
    void theResetOfATargetReachesTheClientAndIsCounted() throws Exception {
        EchoServer one = target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 7)).isEqualTo(7);

        one.reset();

        assertThatThrownBy(() -> readOrFail(socket)).isInstanceOf(SocketException.class);
        assertThat(Await.until(() -> counted("a").targetResets() == 1, LIMIT)).isTrue();
    }

    @Test
    void theResetOfAClientIsCounted() throws Exception {
        target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 7)).isEqualTo(7);

        socket.setSoLinger(true, 0);
        socket.close();

        assertThat(Await.until(() -> counted("a").clientResets() == 1, LIMIT)).isTrue();
        assertThat(flows("one")).isZero();
    }

    @Test
    void aTargetThatIsNoLongerWantedLosesItsConnectionsAtOnce() throws Exception {
        EchoServer one = target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 7)).isEqualTo(7);
        EchoServer two = new EchoServer();
        opened.add(two);

        balancer.setTargets(List.of(new TcpTarget("two", two.port(), "b")));

        assertThatThrownBy(() -> readOrFail(socket)).isInstanceOf(SocketException.class);
        assertThat(counted("a").balancerResets()).isEqualTo(1);
        assertThat(echo(connect(), 8)).isEqualTo(8);
        assertThat(flows("two")).isEqualTo(1);
        assertThat(one.port()).isNotEqualTo(two.port());
    }

    @Test
    void aDeregisteredTargetKeepsItsConnectionsForTheDelayAndGetsNoNewOnes() throws Exception {
        target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 7)).isEqualTo(7);
        target("two", "b");

        balancer.deregister("one");

        assertThat(balancer.views().get(0).health()).isEqualTo(Health.DRAINING);
        assertThat(echo(connect(), 8)).isEqualTo(8);
        assertThat(flows("two")).isEqualTo(1);
        assertThatThrownBy(() -> readOrFail(socket)).isInstanceOf(SocketException.class);
        assertThat(balancer.views()).hasSize(1);
    }

    @Test
    void latencyIsAddedInEachDirectionAndTakenAwayAgain() throws Exception {
        target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 1)).isEqualTo(1);

        balancer.throttle(new Throttle(Duration.ofMillis(150), 0));
        long begin = System.nanoTime();
        assertThat(echo(socket, 2)).isEqualTo(2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        balancer.throttle(new Throttle(Duration.ofMinutes(1), 0));
        socket.getOutputStream().write(3);
        socket.getOutputStream().flush();
        balancer.throttle(Throttle.NONE);
        assertThat(socket.getInputStream().read()).isEqualTo(3);
    }

    @Test
    void aLimitedRateIsHeldOnAConnection() throws Exception {
        target("one", "a");
        balancer.throttle(new Throttle(Duration.ZERO, 100_000));
        Socket socket = connect();
        long begin = System.nanoTime();

        socket.getOutputStream().write(new byte[50_000]);
        socket.shutdownOutput();
        int received = socket.getInputStream().readAllBytes().length;

        assertThat(received).isEqualTo(50_000);
        // All but the last piece wait for those before them.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }

    @Test
    void theMetricsOfASecondAreThoseOfNetworkLoadBalancers() throws Exception {
        target("one", "a");
        Socket socket = connect();
        assertThat(echo(socket, 1)).isEqualTo(1);
        RecordingSink sink = new RecordingSink();
        NetworkBalancerMetrics metrics = new NetworkBalancerMetrics(sink, balancer);

        metrics.publish(Instant.EPOCH);

        assertThat(sink.of("NewFlowCount", "LoadBalancer")).containsExactly(1.0);
        assertThat(sink.of("ActiveFlowCount", "AvailabilityZone,LoadBalancer")).containsExactly(1.0, 0.0);
        assertThat(sink.of("TCP_Client_Reset_Count", "LoadBalancer")).containsExactly(0.0);
        assertThat(sink.of("HealthyHostCount", "LoadBalancer,TargetGroup")).containsExactly(1.0);
        assertThat(sink.values()).allMatch(value -> value.namespace().equals("AWS/NetworkELB"));
        assertThat(sink.values().get(0).dimensions().get("LoadBalancer")).startsWith("net/lb/");
        // The client may have its byte before the balancer has counted it: then it is a byte of a later second.
        RecordingSink later = new RecordingSink();
        double first = sum(sink.of("ProcessedBytes", "LoadBalancer"));
        assertThat(Await.until(
                        () -> {
                            new NetworkBalancerMetrics(later, balancer).publish(Instant.EPOCH);
                            return first + sum(later.of("ProcessedBytes", "LoadBalancer")) >= 2;
                        },
                        Duration.ofSeconds(10)))
                .isTrue();
        assertThat(first + sum(later.of("ProcessedBytes", "LoadBalancer"))).isEqualTo(2);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new TcpTarget("one", 0, "a")).hasMessage("one: port must be in [1, 65535], was 0");
        assertThatThrownBy(() -> new Throttle(Duration.ofMillis(-1), 0))
                .hasMessage("latency must be in [0, 1 min], was PT-0.001S");
        assertThatThrownBy(() -> new Throttle(Duration.ZERO, -1)).hasMessage("bytes per second must be >= 0, was -1");
    }
}
