package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.balancer.BalancerCounts.Exchange;
import io.plimsoll.environments.local.balancer.BalancerCounts.Origin;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chooses a target for each request, gets a connection to it and counts what comes of it. */
final class BalancingClient implements ProxyClient {
    private static final AttachmentKey<Course> COURSE = AttachmentKey.create(Course.class);

    private final TargetGroup group;
    private final BalancerCounts counts;

    BalancingClient(TargetGroup group, BalancerCounts counts) {
        this.group = group;
        this.counts = counts;
    }

    /** What happened to one request so far. Touched by the exchange's IO thread alone. */
    private static final class Course {
        private Origin origin = Origin.BALANCER;
        private long sentNanos;
        private double responseSeconds;
    }

    @Override
    public @Nullable ProxyTarget findTarget(HttpServerExchange exchange) {
        Course course = new Course();
        exchange.putAttachment(COURSE, course);
        Optional<Target> chosen = group.leastOutstanding();
        chosen.ifPresent(target -> target.outstanding().incrementAndGet());
        exchange.addResponseCommitListener(committed -> answering(committed, course, chosen.isPresent()));
        exchange.addExchangeCompleteListener((done, next) -> {
            chosen.ifPresent(target -> target.outstanding().decrementAndGet());
            if (done.isResponseStarted()) {
                counts.add(new Exchange(
                        chosen.map(Target::zone), done.getStatusCode(), course.origin, course.responseSeconds));
            }
            next.proceed();
        });
        return chosen.orElse(null);
    }

    /**
     * Called just before an answer's head is written. A target's answer arrives with headers; an answer that the proxy
     * makes itself has none yet, and is a 503 where the target broke off: what AWS calls a bad gateway.
     */
    private static void answering(HttpServerExchange exchange, Course course, boolean hadTarget) {
        if (course.sentNanos != 0 && exchange.getResponseHeaders().size() > 0) {
            course.origin = Origin.TARGET;
            course.responseSeconds = (System.nanoTime() - course.sentNanos) / 1e9;
        } else if (hadTarget && exchange.getStatusCode() == StatusCodes.SERVICE_UNAVAILABLE) {
            exchange.setStatusCode(StatusCodes.BAD_GATEWAY);
        }
    }

    @Override
    public void getConnection(
            ProxyTarget target,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit timeUnit) {
        Course course = exchange.getAttachment(COURSE);
        ((Target) target).pool().connect(target, exchange, new Connecting(callback, course), timeout, timeUnit, false);
    }

    /** Notes when a connection is had, and that it could not be. */
    private static final class Connecting implements ProxyCallback<ProxyConnection> {
        private final ProxyCallback<ProxyConnection> next;
        private final Course course;

        Connecting(ProxyCallback<ProxyConnection> next, Course course) {
            this.next = next;
            this.course = course;
        }

        @Override
        public void completed(HttpServerExchange exchange, ProxyConnection connection) {
            course.sentNanos = System.nanoTime();
            next.completed(exchange, connection);
        }

        @Override
        public void failed(HttpServerExchange exchange) {
            course.origin = Origin.CONNECTION_ERROR;
            next.couldNotResolveBackend(exchange);
        }

        @Override
        public void couldNotResolveBackend(HttpServerExchange exchange) {
            failed(exchange);
        }

        @Override
        public void queuedRequestFailed(HttpServerExchange exchange) {
            failed(exchange);
        }
    }
}
