package io.plimsoll.environments.local.service;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's three routes. Work on items passes the virtual CPU first; health checks do not. */
final class ItemHandler implements HttpHandler {
    /** Largest body of an item, in bytes. */
    static final int LARGEST_BODY = 4_096;

    private static final Pattern ITEM = Pattern.compile("/items/(\\d{1,18})");
    private static final HttpString CACHE = new HttpString("X-Cache");

    private final ServiceSettings settings;
    private final VirtualCpu cpu;
    private final ItemStore store;
    private final ItemCache cache;
    private final ScheduledExecutorService clock;
    private final ExecutorService workers;
    private final LongAdder requests = new LongAdder();

    ItemHandler(
            ServiceSettings settings,
            VirtualCpu cpu,
            ItemStore store,
            ItemCache cache,
            ScheduledExecutorService clock,
            ExecutorService workers) {
        this.settings = settings;
        this.cpu = cpu;
        this.store = store;
        this.cache = cache;
        this.clock = clock;
        this.workers = workers;
    }

    /** Requests on items taken so far, refused ones included. */
    long requests() {
        return requests.sum();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        Matcher item = ITEM.matcher(path);
        if (path.equals("/health")) {
            exchange.dispatch(workers, this::health);
        } else if (path.equals("/items")) {
            afterCpu(exchange, Methods.POST, settings.writeCost(), this::post);
        } else if (item.matches()) {
            long id = Long.parseLong(item.group(1));
            afterCpu(exchange, Methods.GET, settings.readCost(), waited -> get(waited, id));
        } else {
            answer(exchange, StatusCodes.NOT_FOUND, "no such path");
        }
    }

    /** Runs a handler once the virtual CPU has done its work, without a thread waiting for that. */
    private void afterCpu(HttpServerExchange exchange, HttpString method, Duration cost, HttpHandler next) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, method.toString());
            answer(exchange, StatusCodes.METHOD_NOT_ALLOWED, "only " + method);
            return;
        }
        requests.increment();
        OptionalLong nanos = cpu.admit(cost);
        if (nanos.isEmpty()) {
            answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the queue for the CPU is too long");
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = clock.schedule(() -> work(exchange, next), nanos.getAsLong(), TimeUnit.NANOSECONDS);
        });
    }

    private void work(HttpServerExchange exchange, HttpHandler next) {
        try {
            workers.execute(() -> Connectors.executeRootHandler(next, exchange));
        } catch (RejectedExecutionException e) {
            exchange.endExchange();
        }
    }

    private void get(HttpServerExchange exchange, long id) {
        Optional<byte[]> cached = cache.get(id);
        if (cached.isPresent()) {
            send(exchange, cached.get(), "hit");
            return;
        }
        try {
            Optional<byte[]> stored = store.read(id);
            if (stored.isEmpty()) {
                answer(exchange, StatusCodes.NOT_FOUND, "no item " + id);
                return;
            }
            cache.put(id, stored.get());
            send(exchange, stored.get(), "miss");
        } catch (SQLException e) {
            answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be read");
        }
    }

    /** The new item is cached at once: its id may be asked for before the replicas have it. */
    private void post(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length == 0) {
            answer(exchange, StatusCodes.BAD_REQUEST, "an item needs a body");
            return;
        }
        if (body.length > LARGEST_BODY) {
            answer(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "an item has at most " + LARGEST_BODY + " bytes");
            return;
        }
        try {
            long id = store.insert(body);
            cache.put(id, body);
            exchange.setStatusCode(StatusCodes.CREATED);
            exchange.getResponseHeaders().put(Headers.LOCATION, "/items/" + id);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send("{\"id\":" + id + "}\n");
        } catch (SQLException e) {
            answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be written");
        }
    }

    private void health(HttpServerExchange exchange) {
        try {
            store.check();
            answer(exchange, StatusCodes.OK, "ok");
        } catch (SQLException e) {
            answer(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database does not answer");
        }
    }

    private static void send(HttpServerExchange exchange, byte[] body, String from) {
        exchange.getResponseHeaders().put(CACHE, from);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    private static void answer(HttpServerExchange exchange, int status, String text) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(text + "\n");
    }
}
