package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.balancer.AccessEntry.Times;
import io.plimsoll.environments.local.balancer.AccessEntry.Tls;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Makes the access log's entries of answered requests. Safe for several threads. */
final class AccessRecorder {
    private static final HttpString TRACE = new HttpString("X-Amzn-Trace-Id");
    /** Colon, space and the line's end; of the first line, two spaces and its end. */
    private static final int BETWEEN = 4;

    private final AccessLog log;
    private final Optional<String> certificateId;

    AccessRecorder(AccessLog log, Optional<String> certificateId) {
        this.log = log;
        this.certificateId = certificateId;
    }

    /**
     * Writes one.
     *
     * @param created when the request came
     * @param target port of its target
     * @param group name of its target group
     * @param rule number of its rule
     * @param answered whether the target answered it
     */
    void write(
            HttpServerExchange exchange,
            Instant created,
            Optional<Integer> target,
            Optional<String> group,
            Optional<Integer> rule,
            Optional<Times> answered) {
        log.lines()
                .accept(new AccessEntry(
                        log,
                        type(exchange),
                        created,
                        Instant.now(),
                        client(exchange),
                        target,
                        answered.orElse(Times.NOT_DONE),
                        exchange.getStatusCode(),
                        answered.map(times -> exchange.getStatusCode()),
                        firstLine(exchange).length()
                                + bytes(exchange.getRequestHeaders())
                                + Math.max(0, exchange.getRequestContentLength()),
                        bytes(exchange.getResponseHeaders()) + exchange.getResponseBytesSent(),
                        firstLine(exchange),
                        header(exchange, Headers.USER_AGENT),
                        tls(exchange),
                        group,
                        header(exchange, TRACE),
                        rule));
    }

    private static String type(HttpServerExchange exchange) {
        boolean two = exchange.getProtocol().toString().startsWith("HTTP/2");
        return two ? "h2" : exchange.getRequestScheme();
    }

    private static String client(HttpServerExchange exchange) {
        InetSocketAddress address = exchange.getSourceAddress();
        return address.getAddress() == null
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String firstLine(HttpServerExchange exchange) {
        String query = exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString();
        String path = exchange.getRequestURI();
        int port = exchange.getConnection()
                .getLocalAddress(InetSocketAddress.class)
                .getPort();
        String url = path.startsWith("/")
                ? exchange.getRequestScheme() + "://" + exchange.getHostName() + ":" + port + path
                : path;
        return exchange.getRequestMethod() + " " + url + query + " " + exchange.getProtocol();
    }

    private static String header(HttpServerExchange exchange, HttpString name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null || value.isEmpty() ? "-" : value;
    }

    private Optional<Tls> tls(HttpServerExchange exchange) {
        SSLSession session = exchange.getConnection().getSslSession();
        return Optional.ofNullable(session)
                .map(spoken -> new Tls(spoken.getCipherSuite(), spoken.getProtocol(), certificateId));
    }

    private static long bytes(HeaderMap headers) {
        long bytes = BETWEEN;
        for (HeaderValues values : headers) {
            for (String value : values) {
                bytes += values.getHeaderName().length() + value.length() + BETWEEN;
            }
        }
        return bytes;
    }
}
