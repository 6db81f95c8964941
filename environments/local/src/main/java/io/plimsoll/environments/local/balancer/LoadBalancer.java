package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.TargetGroupView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
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
    private final int port;
    private final Instant created = Instant.now();

    private LoadBalancer(
            BalancerSettings settings, List<String> zones, Duration responseLimit, ScheduledExecutorService timer) {
        this.settings = settings;
        this.zones = List.copyOf(zones);
        this.routing = new Routing(settings, timer);
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(new BalancingClient(routing, counts))
                .setMaxRequestTime((int) responseLimit.toMillis())
                .setMaxConnectionRetries(0)
                .setNext(routing::withoutTarget)
                .build();
        server = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(2)
                .setWorkerThreads(1)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setHandler(proxy)
                .build();
        server.start();
        port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /**
     * Starts a balancer without targets on a free loopback port.
     *
     * @param timer runs health checks and ends draining
     */
    public static LoadBalancer start(BalancerSettings settings, List<String> zones, ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, RESPONSE_LIMIT, timer);
    }

    static LoadBalancer start(
            BalancerSettings settings, List<String> zones, Duration responseLimit, ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, responseLimit, timer);
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

    public int port() {
        return port;
    }

    /** How it is described. */
    public BalancerView view() {
        return new BalancerView(
                settings.name(),
                settings.internal(),
                LoopbackPorts.ADDRESS,
                List.of(new BalancerView.Listener("HTTP", port, Optional.empty(), settings.rules())),
                created,
                zones);
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
