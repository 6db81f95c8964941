package io.plimsoll.simulations.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.report.LiveHtml;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.console.LiveWatcher;
import io.plimsoll.simulations.daemon.Daemon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the live page on loopback until the run ends.
 *
 * <p>Only browsers of this machine reach it, and of these only pages that it served itself: a request must name this host (so
 * no foreign name can be made to point here), and the stream is refused to other sites. Everything is read only. Its threads are
 * daemons.
 */
public final class LivePage implements LiveWatcher {
    /** Streams and, beside them, pages. */
    private static final int THREADS = LiveFeed.MOST_READERS + 4;

    /** Browsers leave it out. */
    private static final int HTTP_PORT = 80;

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final long LONGEST_FAREWELL_MILLIS = 1_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final LiveFeed feed = new LiveFeed();
    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] page;
    private final String policy;
    private final Set<String> hosts;
    private final AtomicBoolean over = new AtomicBoolean();

    private LivePage(HttpServer server, ExecutorService threads, LiveHtml html) {
        this.server = server;
        this.threads = threads;
        this.page = html.html().getBytes(StandardCharsets.UTF_8);
        this.policy = html.policy();
        int port = server.getAddress().getPort();
        String suffix = port == HTTP_PORT ? "" : ":" + port;
        this.hosts = Set.of("127.0.0.1" + suffix, "localhost" + suffix);
    }

    /**
     * Begins to serve.
     *
     * @param port where, in [0, 65535]; 0 for any free port
     * @param html the page
     * @throws IOException if the port cannot be had
     */
    public static LivePage open(int port, LiveHtml html) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, Daemon.named("plimsoll-live-page"));
        LivePage live = new LivePage(server, threads, html);
        server.setExecutor(threads);
        server.createContext("/", live::answer);
        server.start();
        return live;
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void says(String line) {
        feed.says(line.strip());
    }

    @Override
    public void second(LiveFacts facts) {
        feed.second(facts);
    }

    @Override
    public void event(Event event) {
        feed.event(event);
    }

    /** Tells all browsers, and stops serving, the first time it is called; whoever does not read holds it up for a second at most. */
    @Override
    public void ended(String how) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        feed.end(how);
        try {
            feed.awaitAlone(LONGEST_FAREWELL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Content-Security-Policy", policy);
            if (!isForThisHost(exchange)) {
                say(exchange, 403, "Only requests for this host are answered.");
            } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                headers.set("Allow", "GET, HEAD");
                say(exchange, 405, "This page can only be read.");
            } else if (path.equals("/")) {
                send(exchange, 200, "text/html; charset=utf-8", page);
            } else if (!path.equals(LiveHtml.STREAM)) {
                say(exchange, 404, "There is nothing here but the page at /.");
            } else if (isOfAnotherSite(exchange)) {
                say(exchange, 403, "Other sites may not read along.");
            } else {
                stream(exchange);
            }
        }
    }

    private boolean isForThisHost(HttpExchange exchange) {
        List<String> named = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return named.size() == 1 && hosts.contains(named.get(0));
    }

    /** Browsers say who asks; what says nothing is no browser's page. */
    private static boolean isOfAnotherSite(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        Optional<LiveReader> joined = feed.join();
        if (joined.isEmpty()) {
            say(exchange, 503, LiveFeed.MOST_READERS + " browsers read along already.");
            return;
        }
        try {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                joined.get().writeTo(body, QUIET);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run has ended
        } finally {
            feed.leave(joined.get());
        }
    }

    private static void say(HttpExchange exchange, int status, String sentence) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
