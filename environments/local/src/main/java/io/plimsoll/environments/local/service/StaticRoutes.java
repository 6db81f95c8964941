package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;

/**
 * Static files, {@code GET /static/{number}}: from this instance's own disk if it has them, else a redirect to where they
 * are.
 */
final class StaticRoutes {
    private static final String PATH = "/static/(\\d{1,9})";
    private static final String FRESH = "public, max-age=60";

    private final LongAdder served = new LongAdder();
    private final LongAdder servedBytes = new LongAdder();

    /** Files that were read from disk and sent. */
    long served() {
        return served.sum();
    }

    /** Bytes of those. */
    long servedBytes() {
        return servedBytes.sum();
    }

    /** The routes, none if there are no static files. */
    List<Route> routes(ServiceSettings settings) {
        Optional<Path> files = settings.optional("static-files").map(Path::of);
        if (files.isPresent()) {
            return List.of(new Route(
                    Methods.GET,
                    PATH,
                    settings.duration("static-cost"),
                    (exchange, path) -> send(exchange, path, files.get())));
        }
        return settings.optional("static-url")
                .map(url -> List.of(new Route(
                        Methods.GET,
                        PATH,
                        settings.duration("redirect-cost"),
                        (exchange, path) -> redirect(exchange, path, url))))
                .orElse(List.of());
    }

    private void send(HttpServerExchange exchange, Matcher path, Path files) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(files.resolve(path.group(1)));
        } catch (NoSuchFileException e) {
            Answers.text(exchange, StatusCodes.NOT_FOUND, "no static file " + path.group(1));
            return;
        }
        served.increment();
        servedBytes.add(content.length);
        String tag = StaticContent.entityTag(content);
        exchange.getResponseHeaders().put(Headers.ETAG, tag);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, FRESH);
        if (!ETagUtils.handleIfNoneMatch(
                exchange, new io.undertow.util.ETag(false, tag.substring(1, tag.length() - 1)), false)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        exchange.getResponseSender().send(ByteBuffer.wrap(content));
    }

    private static void redirect(HttpServerExchange exchange, Matcher path, String url) {
        exchange.setStatusCode(StatusCodes.FOUND);
        exchange.getResponseHeaders().put(Headers.LOCATION, url + "/static/" + path.group(1));
        exchange.endExchange();
    }
}
