package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.process.LoopbackPorts;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server whose answers a test decides. */
final class FakeTarget implements AutoCloseable {
    private final AtomicInteger taken = new AtomicInteger();
    private final List<HttpServerExchange> held = new ArrayList<>();
    private final Undertow server;
    private volatile int status = 200;
    private volatile int health = 200;
    private volatile boolean breaking;
    private boolean holding;

    FakeTarget(String name) {
        server = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setHandler(exchange -> answer(exchange, name))
                .build();
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** Requests that arrived, health checks left out. */
    int taken() {
        return taken.get();
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    void healthAnswers(int newStatus) {
        health = newStatus;
    }

    void breakOff() {
        breaking = true;
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        held.forEach(exchange -> exchange.getIoThread().execute(exchange::endExchange));
        held.clear();
    }

    private synchronized void answer(HttpServerExchange exchange, String name) {
        if (exchange.getRequestPath().equals("/health")) {
            exchange.setStatusCode(health);
            return;
        }
        taken.incrementAndGet();
        if (breaking) {
            try {
                exchange.getConnection().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (holding) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
                synchronized (this) {
                    held.add(exchange);
                }
            });
        } else {
            exchange.setStatusCode(status);
            exchange.getResponseSender().send(name);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
