package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.xnio.Options;

/** The running load balancer. Safe for several threads. */
public final class LoadBalancer implements AutoCloseable {
    /** A client's idle connection is closed after it, as on AWS. */
    private static final int IDLE_MILLIS = 60_000;
    /** A target that has not answered after it is given up. */
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private final StackDescriptor.Balancer settings;
    private final List<String> zones;
    private final TargetGroup group;
    private final BalancerCounts counts = new BalancerCounts();
    private final Undertow server;
    private final int port;
    private final Instant created = Instant.now();

    private LoadBalancer(
            StackDescriptor.Balancer settings,
            List<String> zones,
            Duration responseLimit,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.zones = List.copyOf(zones);
        this.group = new TargetGroup(settings, new HealthProbe(settings.healthCheckTimeout(), timer), timer);
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(new BalancingClient(group, counts))
                .setMaxRequestTime((int) responseLimit.toMillis())
                .setMaxConnectionRetries(0)
                .setNext(new ResponseCodeHandler(503))
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
    public static LoadBalancer start(
            StackDescriptor.Balancer settings, List<String> zones, ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, RESPONSE_LIMIT, timer);
    }

    static LoadBalancer start(
            StackDescriptor.Balancer settings,
            List<String> zones,
            Duration responseLimit,
            ScheduledExecutorService timer) {
        return new LoadBalancer(settings, zones, responseLimit, timer);
    }

    public TargetGroup group() {
        return group;
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
                settings.targetGroup(),
                LoopbackPorts.ADDRESS,
                port,
                created,
                zones,
                HealthProbe.PATH,
                settings.healthCheckInterval(),
                settings.healthyThreshold(),
                settings.unhealthyThreshold(),
                settings.deregistrationDelay());
    }

    /** Closes its listener and every connection. */
    @Override
    public void close() {
        server.stop();
    }
}
