package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.util.Optional;

/** Answers that hold one line. */
final class Answers {
    private static final AttachmentKey<String> SAID = AttachmentKey.create(String.class);

    private Answers() {}

    /** What a request was answered in one line, if it was. */
    static Optional<String> said(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getAttachment(SAID));
    }

    static void text(HttpServerExchange exchange, int status, String text) {
        exchange.putAttachment(SAID, text);
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
