package io.plimsoll.simulations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a service, passes every request on and remembers the paths of users; what reads the
 * service's clock is none. Every eighth user waits for its answer, so that
 * one of four injectors has half of its users wait and the others none.
 */
final class CountingFront implements AutoCloseable {
    private static final long WAIT_MILLIS = 400;
    private static final String USERS = "/items/";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final List<String> paths = new CopyOnWriteArrayList<>();

    CountingFront(URI service) {
        this.service = service;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Paths of all users' requests in the order in which they came. */
    List<String> paths() {
        return List.copyOf(paths);
    }

    void forget() {
        paths.clear();
    }

    private void handle(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(USERS)) {
            paths.add(path);
        }
        Executor when =
                waits(path) ? CompletableFuture.delayedExecutor(WAIT_MILLIS, TimeUnit.MILLISECONDS, workers) : workers;
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody())
                .build();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenAcceptAsync(response -> answer(exchange, response), when)
                .whenComplete((done, failure) -> exchange.close());
    }

    private static boolean waits(String path) {
        return path.startsWith(USERS) && Integer.parseInt(path.substring(USERS.length())) % 8 == 0;
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) {
        try {
            int length = response.body().length;
            exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
            if (length > 0) {
                exchange.getResponseBody().write(response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
