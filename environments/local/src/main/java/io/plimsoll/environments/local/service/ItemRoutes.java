package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.service.ShardedItems.ShardException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Items under a path: {@code POST /items} stores one, {@code PUT /items/{id}} replaces one, {@code GET /items/{id}} reads
 * one cache-aside, and with {@code ?from=<database>} from that database alone, past the cache. The cache is also passed by with
 * {@code Cache-Control: no-cache}.
 */
final class ItemRoutes {
    /** Largest body of an item, in bytes. */
    static final int LARGEST_BODY = 4_096;

    private static final HttpString CACHE = new HttpString("X-Cache");
    private static final HttpString SHARD = new HttpString("X-Shard");

    private final String prefix;
    private final Items store;
    private final Optional<ItemCache> cache;

    ItemRoutes(String prefix, Items store, Optional<ItemCache> cache) {
        this.prefix = prefix;
        this.store = store;
        this.cache = cache;
    }

    /** The routes of a role. */
    List<Route> of(Role role, ServiceSettings settings) {
        List<Route> routes = new ArrayList<>();
        if (role != Role.WRITE) {
            routes.add(new Route(Methods.GET, prefix + "/(\\d{1,18})", settings.duration("read-cost"), this::get));
        }
        if (role != Role.READ) {
            routes.add(new Route(Methods.POST, prefix, settings.duration("write-cost"), this::post));
            routes.add(new Route(Methods.PUT, prefix + "/(\\d{1,18})", settings.duration("write-cost"), this::put));
        }
        return routes;
    }

    private void get(HttpServerExchange exchange, Matcher path) {
        long id = Long.parseLong(path.group(1));
        tellShard(exchange, store.shardOf(id));
        Deque<String> from = exchange.getQueryParameters().get("from");
        if (from != null) {
            getFrom(exchange, id, from.getFirst());
            return;
        }
        Optional<byte[]> cached = "no-cache".equals(exchange.getRequestHeaders().getFirst(Headers.CACHE_CONTROL))
                ? Optional.empty()
                : cache.flatMap(items -> items.get(id));
        if (cached.isPresent()) {
            send(exchange, cached.get(), "hit");
            return;
        }
        try {
            Optional<byte[]> stored = store.read(id);
            if (stored.isEmpty()) {
                notFound(exchange, id);
                return;
            }
            cache.ifPresent(items -> items.put(id, stored.get()));
            send(exchange, stored.get(), "miss");
        } catch (SQLException e) {
            cannotBeRead(exchange);
        }
    }

    private void getFrom(HttpServerExchange exchange, long id, String database) {
        try {
            Optional<byte[]> stored = store.readFrom(database, id);
            if (stored.isPresent()) {
                send(exchange, stored.get(), "bypass");
            } else {
                notFound(exchange, id);
            }
        } catch (IllegalArgumentException e) {
            Answers.text(exchange, StatusCodes.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            cannotBeRead(exchange);
        }
    }

    private static void notFound(HttpServerExchange exchange, long id) {
        Answers.text(exchange, StatusCodes.NOT_FOUND, "no item " + id);
    }

    private static void cannotBeRead(HttpServerExchange exchange) {
        Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be read");
    }

    /** The new item is cached at once: its id may be asked for before the replicas have it. */
    private void post(HttpServerExchange exchange, Matcher path) throws IOException {
        Optional<byte[]> body = body(exchange);
        if (body.isEmpty()) {
            return;
        }
        try {
            long id = store.insert(body.get());
            cache.ifPresent(items -> items.put(id, body.get()));
            tellShard(exchange, store.shardOf(id));
            exchange.getResponseHeaders().put(Headers.LOCATION, prefix + "/" + id);
            Answers.json(exchange, StatusCodes.CREATED, "{\"id\":" + id + "}");
        } catch (SQLException e) {
            cannotBeWritten(exchange, e);
        }
    }

    private void put(HttpServerExchange exchange, Matcher path) throws IOException {
        long id = Long.parseLong(path.group(1));
        Optional<byte[]> body = body(exchange);
        if (body.isEmpty()) {
            return;
        }
        tellShard(exchange, store.shardOf(id));
        try {
            if (store.replace(id, body.get())) {
                cache.ifPresent(items -> items.put(id, body.get()));
                exchange.setStatusCode(StatusCodes.NO_CONTENT);
                exchange.endExchange();
            } else {
                notFound(exchange, id);
            }
        } catch (SQLException e) {
            cannotBeWritten(exchange, e);
        }
    }

    /** The body of an item; empty if it is none, which has been answered then. */
    private static Optional<byte[]> body(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length == 0) {
            Answers.text(exchange, StatusCodes.BAD_REQUEST, "an item needs a body");
            return Optional.empty();
        }
        if (body.length > LARGEST_BODY) {
            Answers.text(
                    exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "an item has at most " + LARGEST_BODY + " bytes");
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private static void cannotBeWritten(HttpServerExchange exchange, SQLException e) {
        if (e instanceof ShardException failed) {
            tellShard(exchange, Optional.of(failed.shard()));
        }
        Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be written");
    }

    private static void tellShard(HttpServerExchange exchange, Optional<String> shard) {
        shard.ifPresent(id -> exchange.getResponseHeaders().put(SHARD, id));
    }

    private static void send(HttpServerExchange exchange, byte[] body, String from) {
        exchange.getResponseHeaders().put(CACHE, from);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
