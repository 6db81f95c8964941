package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Sessions: {@code POST /session} opens one and sets the cookie {@code session}, {@code GET /session} answers {@code
 * {"user":…,"visits":n}} and counts the visit, or 401 if there is no such session, {@code DELETE /session} ends it.
 */
final class SessionRoutes {
    private static final String PATH = "/session";
    private static final String COOKIE = "session";

    private final SessionStore sessions;
    private final SecureRandom random = new SecureRandom();

    SessionRoutes(SessionStore sessions) {
        this.sessions = sessions;
    }

    List<Route> routes(Duration cost) {
        return List.of(
                new Route(Methods.POST, PATH, cost, this::open),
                new Route(Methods.GET, PATH, cost, this::visit),
                new Route(Methods.DELETE, PATH, cost, this::end));
    }

    private void open(HttpServerExchange exchange, Matcher path) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        String user = "user-" + id.substring(0, 8);
        guarded(exchange, () -> {
            sessions.open(id, user);
            exchange.setResponseCookie(
                    new CookieImpl(COOKIE, id).setPath("/").setHttpOnly(true).setSameSiteMode("Lax"));
            Answers.json(exchange, StatusCodes.CREATED, "{\"user\":\"" + user + "\",\"visits\":0}");
        });
    }

    private void visit(HttpServerExchange exchange, Matcher path) {
        guarded(exchange, () -> {
            Optional<String> id = id(exchange);
            Optional<SessionStore.Session> session = id.isPresent() ? sessions.visit(id.get()) : Optional.empty();
            if (session.isEmpty()) {
                Answers.text(exchange, StatusCodes.UNAUTHORIZED, "no such session");
                return;
            }
            Answers.json(
                    exchange,
                    StatusCodes.OK,
                    "{\"user\":\"" + session.get().user() + "\",\"visits\":"
                            + session.get().visits() + "}");
        });
    }

    private void end(HttpServerExchange exchange, Matcher path) {
        guarded(exchange, () -> {
            Optional<String> id = id(exchange);
            if (id.isPresent()) {
                sessions.end(id.get());
            }
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
        });
    }

    private static Optional<String> id(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getRequestCookie(COOKIE)).map(Cookie::getValue);
    }

    /** Something that needs the store. */
    @FunctionalInterface
    private interface Act {
        void run() throws SessionStore.UnavailableException;
    }

    /** A store that does not answer has lost no session: that is an error, and not 401. */
    private static void guarded(HttpServerExchange exchange, Act act) {
        try {
            act.run();
        } catch (SessionStore.UnavailableException e) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the session store does not answer");
        }
    }
}
