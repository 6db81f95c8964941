package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service does for a kind of request.
 *
 * @param method its method
 * @param path pattern of its path
 * @param cost virtual CPU time that a request takes
 * @param handler answers it, on a thread that may wait
 */
record Route(HttpString method, Pattern path, Duration cost, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers a request.
         *
         * @param path the request's path, matched
         */
        void handle(HttpServerExchange exchange, Matcher path) throws Exception;
    }

    Route(HttpString method, String path, Duration cost, Handler handler) {
        this(method, Pattern.compile(path), cost, handler);
    }

    Predicate<String> takes() {
        return path.asMatchPredicate();
    }
}
