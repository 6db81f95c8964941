package io.plimsoll.environments.local.aws;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Passes a request on to a service that speaks AWS by itself, and its answer back. */
final class PassedOn {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    void answer(URI service, HttpServerExchange exchange) throws IOException {
        byte[] body = RequestBody.raw(exchange);
        String query = exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        service.resolve("/").toString().replaceAll("/$", "") + exchange.getRequestURI() + query))
                .timeout(LIMIT)
                .method(
                        exchange.getRequestMethod().toString(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        for (HeaderValues values : exchange.getRequestHeaders()) {
            String name = values.getHeaderName().toString();
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.setStatusCode(response.statusCode());
            response.headers().map().forEach((name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().putAll(new HttpString(name), values);
                }
            });
            exchange.getResponseSender().send(ByteBuffer.wrap(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a request was passed on to " + service, e);
        }
    }
}
