package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.TargetGroupView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tls.ServerTls;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.xnio.Options;

/** The running load balancer. Safe for several threads. */
public final class LoadBalancer implements AutoCloseable {
    /** A client's idle connection is closed after it, as on AWS. */
    private static final int IDLE_MILLIS = 60_000;
    /** A target that has not answered after it is given up. */
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private final BalancerSettings settings;
    private final List<String> zones;
    private final Routing routing;
    private final BalancerCounts counts = new BalancerCounts();
    private final Undertow server;
    private final Optional<ServerTls> tls;
    private final int port;
    private final Optional<Integer> securePort;
    private final Instant created = Instant.now();

    private LoadBalancer(
            BalancerSettings settings,
            List<String> zones,
            Optional<ServerTls> tls,
            AccessLog accesses,
            Duration responseLimit,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.zones = List.copyOf(zones);
        this.tls = tls;
        this.routing = new Routing(settings, timer);
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(new BalancingClient(
                        routing, counts, new AccessRecorder(accesses, tls.map(ServerTls::certificateId))))
                .setMaxRequestTime((int) responseLimit.toMillis())
                .setMaxConnectionRetries(0)
                .setNext(routing::withoutTarget)
                .build();
        Undertow.Builder builder = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(2)
                .setWorkerThreads(1)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setHandler(proxy);
        tls.ifPresent(ends -> builder.addHttpsListener(0, LoopbackPorts.ADDRESS, ends.context()));
        server = builder.build();
        server.start();
        port = port(0);
        securePort = tls.map(ends -> port(1));
    }

    /**
     * Starts a balancer without targets on a free loopback port.
     *
     * @param tls what its HTTPS listener serves, which ends TLS and speaks HTTP/2 too; without it there is none
     * @param accesses told each request it has answered
     * @param timer runs health checks and ends draining
     */
    public static LoadBalancer start(
            BalancerSettings settings,
            List<String> zones,
            Optional<ServerTls> tls,
            AccessLog accesses,
            ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, tls, accesses, RESPONSE_LIMIT, timer);
    }

    static LoadBalancer start(
            BalancerSettings settings,
            List<String> zones,
            Optional<ServerTls> tls,
            AccessLog accesses,
            Duration responseLimit,
            ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, tls, accesses, responseLimit, timer);
    }

    /** Its target groups, in the order of its rules. */
    public List<TargetGroup> groups() {
        return routing.groups();
    }

    /** The target group of a name. */
    public TargetGroup group(String name) {
        return routing.group(name);
    }

    public BalancerCounts counts() {
        return counts;
    }

    private int port(int listener) {
        return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
    }

    /**
     * Connections and bytes of all listeners.
     *
     * @param activeConnections clients' connections open now
     * @param bytes received from clients and sent to them so far
     */
    public record Traffic(long activeConnections, long bytes) {}

    /** What its listeners carry. */
    public Traffic traffic() {
        long connections = 0;
        long bytes = 0;
        for (Undertow.ListenerInfo listener : server.getListenerInfo()) {
            ConnectorStatistics statistics = listener.getConnectorStatistics();
            connections += statistics.getActiveConnections();
            bytes += statistics.getBytesReceived() + statistics.getBytesSent();
        }
        return new Traffic(connections, bytes);
    }

    /** Port for HTTP. */
    public int port() {
        return port;
    }

    /** Port for HTTPS; empty if it was started without. */
    public Optional<Integer> securePort() {
        return securePort;
    }

    /** What its HTTPS listener serves. */
    public Optional<ServerTls> tls() {
        return tls;
    }

    /** How it is described. */
    public BalancerView view() {
        List<BalancerView.Listener> listeners = new ArrayList<>();
        listeners.add(new BalancerView.Listener("HTTP", port, Optional.empty(), settings.rules()));
        if (tls.isPresent() && securePort.isPresent()) {
            listeners.add(new BalancerView.Listener(
                    "HTTPS", securePort.get(), Optional.of(tls.get().certificateId()), settings.rules()));
        }
        return new BalancerView(settings.name(), settings.internal(), LoopbackPorts.ADDRESS, listeners, created, zones);
    }

    /** How its target groups are described, in the order of its rules. */
    public List<TargetGroupView> groupViews() {
        HealthChecks checks = settings.checks();
        return groups().stream()
                .map(group -> new TargetGroupView(
                        group.name(),
                        settings.name(),
                        HealthProbe.PATH,
                        checks.interval(),
                        checks.healthyThreshold(),
                        checks.unhealthyThreshold(),
                        checks.deregistrationDelay()))
                .toList();
    }

    /** Closes its listener and every connection. */
    @Override
    public void close() {
        server.stop();
    }
}
