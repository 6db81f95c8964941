package io.plimsoll.environments.local;

import io.plimsoll.environments.local.database.DatabaseServer;
import io.plimsoll.environments.local.process.LoopbackPorts;
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
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Takes orders for the stack that AWS has no call for: {@code POST /stop}, {@code POST
 * /disturb/replica-delay?seconds=5}, {@code POST /disturb/replica-stop}, {@code POST /disturb/terminate-instance?id=i-…}.
 * Every order must carry the token that the stack told on its standard output.
 */
final class ControlChannel implements AutoCloseable {
    /** Header of the token. */
    static final String TOKEN_HEADER = "X-Plimsoll-Token";

    private static final int LONGEST_DELAY_SECONDS = 3_600;

    private final RunningEstate estate;
    private final Runnable stop;
    private final String token;
    private final Undertow server;

    /**
     * Opens the channel on a free loopback port.
     *
     * @param stop ends the stack; must return at once
     */
    ControlChannel(RunningEstate estate, Runnable stop) {
        this.estate = estate;
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
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            answer(exchange, StatusCodes.METHOD_NOT_ALLOWED, "orders are sent with POST");
        } else {
            try {
                obey(exchange);
            } catch (SQLException e) {
                answer(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "the replica refused: " + e.getMessage());
            }
        }
    }

    private void obey(HttpServerExchange exchange) throws SQLException {
        switch (exchange.getRequestPath()) {
            case "/stop" -> {
                exchange.addExchangeCompleteListener((done, next) -> {
                    next.proceed();
                    stop.run();
                });
                answer(exchange, StatusCodes.OK, "stopping");
            }
            case "/disturb/replica-delay" -> delay(exchange);
            case "/disturb/replica-stop" -> {
                for (DatabaseServer replica : estate.database().replicas()) {
                    replica.stopReplication();
                }
                answer(exchange, StatusCodes.OK, "replication stopped");
            }
            case "/disturb/terminate-instance" -> terminate(exchange);
            default ->
                answer(
                        exchange,
                        StatusCodes.NOT_FOUND,
                        "unknown order " + exchange.getRequestPath() + "; valid: /stop, /disturb/replica-delay,"
                                + " /disturb/replica-stop, /disturb/terminate-instance");
        }
    }

    private void delay(HttpServerExchange exchange) throws SQLException {
        String text = parameter(exchange, "seconds");
        int seconds;
        try {
            seconds = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            seconds = -1;
        }
        if (seconds < 0 || seconds > LONGEST_DELAY_SECONDS) {
            answer(
                    exchange,
                    StatusCodes.BAD_REQUEST,
                    "seconds must be a whole number in [0, " + LONGEST_DELAY_SECONDS + "], was '" + text + "'");
            return;
        }
        for (DatabaseServer replica : estate.database().replicas()) {
            replica.delayReplication(Duration.ofSeconds(seconds));
        }
        answer(exchange, StatusCodes.OK, "replication delayed by " + seconds + " s");
    }

    private void terminate(HttpServerExchange exchange) {
        String id = parameter(exchange, "id");
        if (estate.fleet().kill(id)) {
            answer(exchange, StatusCodes.OK, "terminated " + id);
        } else {
            answer(exchange, StatusCodes.NOT_FOUND, "no instance '" + id + "'");
        }
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? "" : values.getFirst();
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
