package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** Answers that hold one line. */
final class Answers {
    private Answers() {}

    static void text(HttpServerExchange exchange, int status, String text) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(text + "\n");
    }

    static void json(HttpServerExchange exchange, int status, String json) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(json + "\n");
    }
}
