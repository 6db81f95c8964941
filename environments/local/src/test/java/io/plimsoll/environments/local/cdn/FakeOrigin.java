package io.plimsoll.environments.local.cdn;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real origin whose answers a test decides. */
final class FakeOrigin implements AutoCloseable {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<HttpServerExchange> held = new ArrayList<>();
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, LoopbackPorts.ADDRESS)
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(this::take)
            .build();
    private volatile int status = 200;
    private volatile String version = "1";
    private volatile String cacheControl = "";
    private boolean holding;

    FakeOrigin() {
        server.start();
    }

    URI uri() {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return URI.create("http://" + LoopbackPorts.ADDRESS + ":" + port + "/bucket");
    }

    /** Requests so far: path, and the ETag if it was asked with one. */
    List<String> taken() {
        return taken;
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    void version(String newVersion) {
        version = newVersion;
    }

    void cacheControl(String value) {
        cacheControl = value;
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        held.forEach(exchange -> exchange.getIoThread().execute(() -> answer(exchange)));
        held.clear();
    }

    private synchronized void take(HttpServerExchange exchange) {
        String known = exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH);
        taken.add(exchange.getRequestURI()
                + (exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString())
                + (known == null ? "" : " " + known));
        if (holding) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
                synchronized (this) {
                    held.add(exchange);
                }
            });
        } else {
            answer(exchange);
        }
    }

    private void answer(HttpServerExchange exchange) {
        String etag = "\"" + version + "\"";
        if (!cacheControl.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, cacheControl);
        }
        if (status == 200 && etag.equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(304);
            exchange.endExchange();
            return;
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/css");
        if (status == 200) {
            exchange.getResponseHeaders().put(Headers.ETAG, etag);
        }
        exchange.getResponseSender().send("version " + version);
    }

    @Override
    public void close() {
        server.stop();
    }
}
