package io.plimsoll.environments.local.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.measure.RecordingSink;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.environments.local.tls.ServerTls;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ServerTls tls = new ServerTls(Certificates.of(TestCache.shared()));
    private final AtomicInteger status = new AtomicInteger(200);
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, LoopbackPorts.ADDRESS)
            .addHttpsListener(0, LoopbackPorts.ADDRESS, tls.context())
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(exchange ->
                    exchange.setStatusCode(exchange.getRequestPath().equals("/health") ? status.get() : 404))
            .build();
    private final HostedZone zone = new HostedZone("plimsoll.test.", id -> true);

    {
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private HealthCheck check(HealthCheckSettings.Type type, int port) {
        return new HealthCheck(new HealthCheckSettings(
                "check", type, port, "/health", Duration.ofMillis(50), Duration.ofSeconds(5), 3));
    }

    private int port(int listener) {
        return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
    }

    @Test
    void anEndpointThatAnswersWithAnErrorBecomesUnhealthyAndHealthyAgain() {
        try (HealthCheck check = check(HealthCheckSettings.Type.HTTP, port(0))) {
            assertThat(check.isHealthy()).isTrue();
            status.set(500);
            assertThat(Await.until(() -> check.healthyRatio() == 0, LIMIT)).isTrue();
            assertThat(check.isHealthy()).isFalse();
            assertThat(check.view().healthy()).isFalse();
            status.set(301);
            assertThat(Await.until(() -> check.healthyRatio() == 1, LIMIT)).isTrue();
            assertThat(check.isHealthy()).isTrue();
        }
    }

    @Test
    void whatIsMeasuredIsPublished() {
        try (HealthCheck check = check(HealthCheckSettings.Type.HTTPS, port(1))) {
            RecordingSink sink = new RecordingSink();
            NameServiceMetrics metrics = new NameServiceMetrics(sink, zone, List.of(check));
            zone.asked();

            assertThat(Await.until(
                            () -> {
                                metrics.publish(Instant.EPOCH);
                                return sink.of("TimeToFirstByte", "HealthCheckId")
                                                .size()
                                        >= 3;
                            },
                            LIMIT))
                    .isTrue();

            assertThat(sink.of("HealthCheckStatus", "HealthCheckId")).containsOnly(1.0);
            assertThat(sink.of("HealthCheckPercentageHealthy", "HealthCheckId")).containsOnly(100.0);
            assertThat(sink.of("TimeToFirstByte", "HealthCheckId")).allMatch(millis -> millis > 0);
            assertThat(sink.of("SSLHandshakeTime", "HealthCheckId"))
                    .isNotEmpty()
                    .allMatch(millis -> millis > 0);
            assertThat(sink.of("ConnectionTime", "HealthCheckId")).isNotEmpty();
            assertThat(sink.of("DNSQueries", "HostedZoneId").get(0)).isEqualTo(1);
            assertThat(sink.values()).allMatch(value -> value.namespace().equals("AWS/Route53"));
        }
    }

    @Test
    void aPortThatNobodyListensOnIsUnhealthyForTcp() {
        int port = port(0);
        try (HealthCheck check = check(HealthCheckSettings.Type.TCP, port)) {
            assertThat(Await.until(() -> !check.drain().isEmpty(), LIMIT)).isTrue();
            assertThat(check.isHealthy()).isTrue();
            server.stop();
            assertThat(Await.until(() -> !check.isHealthy(), LIMIT)).isTrue();
        }
    }
}
