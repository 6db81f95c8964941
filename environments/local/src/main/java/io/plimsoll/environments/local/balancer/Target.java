package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.estate.TargetView.Health;
import io.plimsoll.environments.local.estate.Truth;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ConnectionPoolManager;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnectionPool;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;

/** A registered target with its kept-alive connections. Safe for several threads. */
final class Target implements ProxyClient.ProxyTarget {
    /** Without it a small POST waits for the acknowledgement of its head, up to 40 ms. */
    private static final OptionMap NO_DELAY = OptionMap.create(Options.TCP_NODELAY, true);

    private static final String SALT = UUID.randomUUID().toString();

    private final String instanceId;
    private final int port;
    private final String zone;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Optional<Uplink> uplink;
    private final ProxyConnectionPool pool;
    private final Map<HttpServerExchange, ClientConnection> inUse = new ConcurrentHashMap<>();
    private HealthState state = HealthState.REGISTERED;
    private Optional<Truth> known = Optional.empty();

    Target(String instanceId, int port, String zone, Optional<Uplink> uplink) {
        this.instanceId = instanceId;
        this.port = port;
        this.zone = zone;
        this.uplink = uplink;
        this.pool = new ProxyConnectionPool(
                new PoolLimits(),
                URI.create("http://" + LoopbackPorts.ADDRESS + ":" + port),
                UndertowClient.getInstance(),
                NO_DELAY);
    }

    String instanceId() {
        return instanceId;
    }

    int port() {
        return port;
    }

    String zone() {
        return zone;
    }

    /** What it may send; empty if that is not limited. */
    Optional<Uplink> uplink() {
        return uplink;
    }

    ProxyConnectionPool pool() {
        return pool;
    }

    /** Notes that a request is on a connection. */
    void uses(HttpServerExchange exchange, ClientConnection connection) {
        inUse.put(exchange, connection);
    }

    /** Notes that a request has ended. */
    void usesNoMore(HttpServerExchange exchange) {
        inUse.remove(exchange);
    }

    /** Closes every connection, with the requests that are still on it. */
    void close() {
        inUse.forEach((exchange, connection) -> exchange.getIoThread().execute(() -> breakOff(exchange, connection)));
        pool.close();
    }

    private static void breakOff(HttpServerExchange exchange, ClientConnection connection) {
        IoUtils.safeClose(connection);
        if (exchange.isComplete()) {
            return;
        }
        if (exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getConnection());
        } else {
            exchange.setStatusCode(StatusCodes.BAD_GATEWAY);
            exchange.endExchange();
        }
    }

    /** What stands for it in a cookie: no one learns its id from it. */
    String cookie() {
        return UUID.nameUUIDFromBytes((SALT + instanceId).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Requests it has been given and not answered. */
    AtomicInteger outstanding() {
        return outstanding;
    }

    synchronized boolean isHealthy() {
        return state.health() == Health.HEALTHY;
    }

    /** Takes the result of a check; it no longer matters once the target drains. */
    synchronized void checked(HealthState.Check check, int healthyThreshold, int unhealthyThreshold) {
        boolean before = isHealthy();
        state = state.after(check, healthyThreshold, unhealthyThreshold);
        if (!before && isHealthy()) {
            known = Optional.of(Truth.healthy(instanceId));
        }
    }

    /** When it last became healthy; empty if it never was. */
    synchronized Optional<Truth> known() {
        return known;
    }

    /**
     * Takes it out of service.
     *
     * @return whether it was in before
     */
    synchronized boolean drain() {
        boolean inBefore = state.health() != Health.DRAINING;
        state = HealthState.DRAINING;
        return inBefore;
    }

    synchronized boolean isDraining() {
        return state.health() == Health.DRAINING;
    }

    synchronized TargetView view(String targetGroup) {
        return new TargetView(targetGroup, instanceId, port, zone, state.health(), state.reason(), state.description());
    }

    /** Connections per IO thread. Health is the health checks' matter, so a failed connection changes nothing here. */
    private static final class PoolLimits implements ConnectionPoolManager {
        @Override
        public int getMaxConnections() {
            return 512;
        }

        @Override
        public int getMaxCachedConnections() {
            return 64;
        }

        @Override
        public int getSMaxConnections() {
            return 8;
        }

        /** Shorter than the target keeps an idle connection, so that none is used just as the target closes it. */
        @Override
        public long getTtl() {
            return 30_000;
        }

        @Override
        public int getMaxQueueSize() {
            return 0;
        }

        @Override
        public int getProblemServerRetry() {
            return -1;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public boolean handleError() {
            return true;
        }

        @Override
        public boolean clearError() {
            return true;
        }
    }
}
