package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.objectstore.StoreCounts.Access;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.AttachmentKey;
import java.net.InetSocketAddress;
import java.net.URI;
import org.xnio.OptionMap;
import org.xnio.Options;

/** Passes requests to the store's process unchanged, as their signatures are over them, and measures each. */
final class StoreFront implements AutoCloseable {
    private static final AttachmentKey<Long> FIRST_BYTE_NANOS = AttachmentKey.create(Long.class);
    private static final int LONGEST_MILLIS = 30_000;
    /** Shorter than the store keeps an idle connection. */
    private static final int TTL_MILLIS = 15_000;

    private static final int CONNECTIONS_PER_THREAD = 24;
    private static final int MOST_WAITING = 1_000;

    private final StoreCounts counts;
    private final Undertow server;

    /** Listens on a free loopback port for a store on another. */
    StoreFront(int storePort, StoreCounts counts) {
        this.counts = counts;
        LoadBalancingProxyClient client = new LoadBalancingProxyClient()
                .setConnectionsPerThread(CONNECTIONS_PER_THREAD)
                .setMaxQueueSize(MOST_WAITING)
                .setProblemServerRetry(1)
                .setTtl(TTL_MILLIS)
                .addHost(
                        null,
                        URI.create("http://" + LoopbackPorts.ADDRESS + ":" + storePort),
                        null,
                        null,
                        OptionMap.create(Options.TCP_NODELAY, true));
        HttpHandler proxy = ProxyHandler.builder()
                .setProxyClient(client)
                .setMaxRequestTime(LONGEST_MILLIS)
                .setMaxConnectionRetries(0)
                .setNext(new ResponseCodeHandler(503))
                .build();
        this.server = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setHandler(exchange -> measure(exchange, proxy))
                .build();
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void measure(HttpServerExchange exchange, HttpHandler next) throws Exception {
        long begin = System.nanoTime();
        exchange.addResponseCommitListener(
                committed -> committed.putAttachment(FIRST_BYTE_NANOS, System.nanoTime() - begin));
        exchange.addExchangeCompleteListener((done, others) -> {
            Long firstByte = done.getAttachment(FIRST_BYTE_NANOS);
            if (firstByte != null) {
                counts.add(new Access(
                        done.getRequestMethod().toString(),
                        done.getStatusCode(),
                        Math.max(0, done.getRequestContentLength()),
                        done.getResponseBytesSent(),
                        firstByte / 1e6,
                        (System.nanoTime() - begin) / 1e6));
            }
            others.proceed();
        });
        next.handleRequest(exchange);
    }

    @Override
    public void close() {
        server.stop();
    }
}
