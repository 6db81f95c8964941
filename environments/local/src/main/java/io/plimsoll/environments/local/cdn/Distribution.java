package io.plimsoll.environments.local.cdn;

import io.plimsoll.environments.local.estate.DistributionActs;
import io.plimsoll.environments.local.estate.DistributionView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.tls.ServerTls;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.xnio.Options;

/** A running distribution. Safe for several threads. */
public final class Distribution implements DistributionActs, AutoCloseable {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int IDLE_MILLIS = 60_000;

    private final DistributionSettings settings;
    private final String id;
    private final EdgeCounts counts = new EdgeCounts();
    private final Origin origin;
    private final EdgeCache cache;
    private final Undertow server;
    private final Instant created = Instant.now();

    private Distribution(DistributionSettings settings, Optional<ServerTls> tls, Executor executor) {
        this.settings = settings;
        StringBuilder letters = new StringBuilder("E");
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 13; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        this.id = letters.toString();
        this.origin = new Origin(settings, executor);
        this.cache = new EdgeCache(settings, origin, executor, System::nanoTime);
        Undertow.Builder builder = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(new EdgeHandler(cache, counts));
        tls.ifPresent(ends -> builder.addHttpsListener(0, LoopbackPorts.ADDRESS, ends.context()));
        this.server = builder.build();
        server.start();
    }

    /**
     * Starts a distribution with an empty cache on free loopback ports.
     *
     * @param tls what its HTTPS listener serves; without it there is none
     * @param executor runs what waits for the origin; must not queue behind what blocks
     */
    public static Distribution start(DistributionSettings settings, Optional<ServerTls> tls, Executor executor) {
        return new Distribution(settings, tls, executor);
    }

    public DistributionSettings settings() {
        return settings;
    }

    /** Such as {@code E0123456789ABC}. */
    @Override
    public String id() {
        return id;
    }

    public EdgeCounts counts() {
        return counts;
    }

    /** Requests sent to the origin so far. */
    public long originRequests() {
        return origin.requests();
    }

    /** Port for HTTP. */
    public int port() {
        return port(0);
    }

    /** Port for HTTPS; empty if it was started without. */
    public Optional<Integer> securePort() {
        return server.getListenerInfo().size() > 1 ? Optional.of(port(1)) : Optional.empty();
    }

    private int port(int listener) {
        return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
    }

    /** Switches caching off, which also empties the cache, and on. */
    public void enableCaching(boolean on) {
        cache.enable(on);
    }

    /** Drops objects of a path; {@code *} stands for anything. */
    @Override
    public void invalidate(String pathPattern) {
        cache.invalidate(pathPattern);
    }

    /** Objects kept now. */
    public long cachedObjects() {
        return cache.size();
    }

    /** How it is described. */
    public DistributionView view() {
        return new DistributionView(
                id,
                settings.name(),
                settings.domainName(),
                LoopbackPorts.ADDRESS,
                port(),
                securePort(),
                settings.origin(),
                cache.isEnabled(),
                settings.minTtl(),
                settings.defaultTtl(),
                settings.maxTtl(),
                created);
    }

    /** Closes its listeners and every connection. */
    @Override
    public void close() {
        server.stop();
    }
}
