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

    private final Routing routing;
    private final BalancerCounts counts;

    BalancingClient(Routing routing, BalancerCounts counts) {
        this.routing = routing;
        this.counts = counts;
    }

    /** What happened to one request so far. Touched by the exchange's IO thread alone. */
    private static final class Course {
        private Origin origin = Origin.BALANCER;
        private double responseSeconds;

        private void answered(long sentNanos) {
            origin = Origin.TARGET;
            responseSeconds = (System.nanoTime() - sentNanos) / 1e9;
        }
    }

    @Override
    public @Nullable ProxyTarget findTarget(HttpServerExchange exchange) {
        Course course = new Course();
        exchange.putAttachment(COURSE, course);
        Optional<TargetGroup> group = routing.of(exchange);
        Optional<Target> chosen = group.flatMap(TargetGroup::leastOutstanding);
        chosen.ifPresent(target -> target.outstanding().incrementAndGet());
        exchange.addResponseCommitListener(committed -> answering(committed, course, chosen.isPresent()));
        exchange.addExchangeCompleteListener((done, next) -> {
            chosen.ifPresent(target -> target.outstanding().decrementAndGet());
            if (done.isResponseStarted()) {
                counts.add(new Exchange(
                        group.map(TargetGroup::name),
                        chosen.map(Target::zone),
                        done.getStatusCode(),
                        course.origin,
                        course.responseSeconds));
            }
            next.proceed();
        });
        return chosen.orElse(null);
    }

    /**
     * Called just before an answer's head is written. Where a target could not be connected or broke off, the proxy has
     * made a 503; AWS calls that a bad gateway.
     */
    private static void answering(HttpServerExchange exchange, Course course, boolean hadTarget) {
        if (hadTarget
                && course.origin != Origin.TARGET
                && exchange.getStatusCode() == StatusCodes.SERVICE_UNAVAILABLE) {
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
            long sentNanos = System.nanoTime();
            ObservedConnection observed =
                    new ObservedConnection(connection.getConnection(), () -> course.answered(sentNanos));
            next.completed(exchange, new ProxyConnection(observed, connection.getTargetPath()));
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
