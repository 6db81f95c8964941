package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The service's log of requests that it failed: a line each, such as {@code 2026-01-01T00:00:00Z ERROR GET /items/7 503: the
 * database cannot be read}. Of more than a few in a second their number alone is told, so that a failure of all does not
 * fill the disk. Safe for several threads.
 */
final class FailureLog {
    /** Lines of a second. */
    static final int OF_A_SECOND = 20;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final Consumer<String> lines;
    private final LongSupplier nanoClock;
    private long secondBegan;
    private int ofThisSecond;
    private int leftOut;

    FailureLog(Consumer<String> lines, LongSupplier nanoClock) {
        this.lines = lines;
        this.nanoClock = nanoClock;
        this.secondBegan = nanoClock.getAsLong();
    }

    /** Logs a request that was answered with a status of 500 or more. */
    void add(HttpServerExchange exchange) {
        add(exchange.getRequestMethod() + " " + exchange.getRequestPath() + " " + exchange.getStatusCode() + ": "
                + Answers.said(exchange).orElse("passed on as the upstream answered"));
    }

    synchronized void add(String failure) {
        long now = nanoClock.getAsLong();
        if (now - secondBegan >= SECOND_NANOS) {
            if (leftOut > 0) {
                say(leftOut + " further requests failed");
            }
            secondBegan = now;
            ofThisSecond = 0;
            leftOut = 0;
        }
        if (ofThisSecond < OF_A_SECOND) {
            ofThisSecond++;
            say(failure);
        } else {
            leftOut++;
        }
    }

    private void say(String what) {
        lines.accept(Instant.now() + " ERROR " + what);
    }
}
