package io.plimsoll.environments.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.environments.local.estate.Truth;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Disturbances;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes orders for the stack that AWS has no call for: {@code POST /stop} and {@code POST
 * /disturb/<disturbance>?<parameter>=<value>}, such as {@code POST /disturb/delay-replica?seconds=5}; and tells tests
 * what is true: {@code GET /truth} answers a JSON line for each {@link Truth}. Every order must carry the token that the
 * stack told on its standard output.
 */
final class ControlChannel implements AutoCloseable {
    /** Header of the token. */
    static final String TOKEN_HEADER = "X-Plimsoll-Token";

    private static final String DISTURB = "/disturb/";

    private final Disturbances disturbances;
    private final Supplier<List<Truth>> truths;
    private final Runnable stop;
    private final String token;
    private final Undertow server;

    /**
     * Opens the channel on a free loopback port.
     *
     * @param truths what the parts know
     * @param stop ends the stack; must return at once
     */
    ControlChannel(Disturbances disturbances, Supplier<List<Truth>> truths, Runnable stop) {
        this.disturbances = disturbances;
        this.truths = truths;
        this.stop = stop;
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        this.token = HexFormat.of().formatHex(bytes);
        HttpHandler orders = new BlockingHandler(this::take);
        this.server = Undertow.builder()
                .addHttpListener(0, LoopbackPorts.ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setHandler(orders)
                .build();
        server.start();
    }

    String url() {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return "http://" + LoopbackPorts.ADDRESS + ":" + port;
    }

    String token() {
        return token;
    }

    private void take(HttpServerExchange exchange) {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst(new HttpString(TOKEN_HEADER)))
                .orElse("");
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
            answer(exchange, StatusCodes.FORBIDDEN, "header " + TOKEN_HEADER + " does not hold this stack's token");
        } else if (exchange.getRequestMethod().equals(Methods.GET)
                && exchange.getRequestPath().equals("/truth")) {
            answer(
                    exchange,
                    StatusCodes.OK,
                    truths.get().stream().map(ControlChannel::json).collect(Collectors.joining("\n")));
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            answer(exchange, StatusCodes.METHOD_NOT_ALLOWED, "orders are sent with POST");
        } else {
            obey(exchange);
        }
    }

    private static String json(Truth truth) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", truth.at().toString())
                .put("what", truth.what())
                .put("of", truth.of())
                .toString();
    }

    private void obey(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.equals("/stop")) {
            exchange.addExchangeCompleteListener((done, next) -> {
                next.proceed();
                stop.run();
            });
            answer(exchange, StatusCodes.OK, "stopping");
        } else if (path.startsWith(DISTURB)) {
            disturb(exchange, path.substring(DISTURB.length()));
        } else {
            answer(
                    exchange,
                    StatusCodes.NOT_FOUND,
                    "unknown order " + path + "; valid: /stop and " + DISTURB + "<disturbance>");
        }
    }

    private void disturb(HttpServerExchange exchange, String name) {
        Map<String, String> values = new HashMap<>();
        exchange.getQueryParameters().forEach((key, given) -> values.put(key, given.getFirst()));
        try {
            answer(exchange, StatusCodes.OK, disturbances.apply(name, new Disturbances.Parameters(values)));
        } catch (Disturbances.Refused e) {
            answer(exchange, e.status(), String.valueOf(e.getMessage()));
        }
    }

    private static void answer(HttpServerExchange exchange, int status, String text) {
        exchange.setStatusCode(status);
        exchange.getResponseSender().send(text + "\n");
    }

    @Override
    public void close() {
        server.stop();
    }
}
