package io.plimsoll.simulations.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A small service on loopback that keeps what it is sent, and can be told to misbehave. */
final class FakeService implements AutoCloseable {
    final Map<String, String> items = new ConcurrentHashMap<>();
    final Set<String> sessions = ConcurrentHashMap.newKeySet();
    final Set<String> hidden = ConcurrentHashMap.newKeySet();
    volatile boolean refusesWrites;
    volatile Optional<String> brokenShard = Optional.empty();

    private final AtomicLong next = new AtomicLong(1);
    private final HttpServer server;

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-service");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/items", this::items);
        server.createContext("/markers", this::items);
        server.createContext("/session", this::session);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void items(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            if (refusesWrites) {
                answer(exchange, 503, "no primary");
                return;
            }
            String id = Long.toString(next.getAndIncrement());
            items.put(id, body);
            answer(exchange, 201, "{\"id\":" + id + "}");
            return;
        }
        String id = exchange.getRequestURI().getPath().replaceFirst("/(items|markers)/", "");
        String from = String.valueOf(exchange.getRequestURI().getQuery()).replace("from=", "");
        String shard = "shard-" + Long.parseLong(id) % 2;
        if (brokenShard.filter(shard::equals).isPresent()) {
            answer(exchange, 503, "the shard is gone");
            return;
        }
        exchange.getResponseHeaders().add("X-Shard", shard);
        String item = items.get(id);
        if (item == null || hidden.contains(from)) {
            answer(exchange, 404, "none");
        } else {
            answer(exchange, 200, item);
        }
    }

    private void session(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("POST")) {
            sessions.add(body);
            exchange.getResponseHeaders().add("Set-Cookie", "session=" + body + "; Path=/; HttpOnly");
            answer(exchange, 201, "{\"user\":\"" + body + "\",\"visits\":0}");
            return;
        }
        String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String user = cookie.replace("session=", "");
        answer(exchange, sessions.contains(user) ? 200 : 401, "{\"user\":\"" + user + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
