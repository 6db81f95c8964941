package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.balancer.BalancerCounts.Exchange;
import io.plimsoll.environments.local.balancer.BalancerCounts.Origin;
import io.undertow.conduits.RateLimitingStreamSinkConduit;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.CookieImpl;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Chooses a target for each request, gets a connection to it and counts what comes of it. */
final class BalancingClient implements ProxyClient {
    private static final AttachmentKey<Course> COURSE = AttachmentKey.create(Course.class);

    /** The cookie by which an application load balancer makes clients stay. */
    private static final String COOKIE = "AWSALB";

    private final Routing routing;
    private final BalancerCounts counts;
    private final AccessRecorder accesses;

    BalancingClient(Routing routing, BalancerCounts counts, AccessRecorder accesses) {
        this.routing = routing;
        this.counts = counts;
        this.accesses = accesses;
    }

    /** What happened to one request so far. Touched by the exchange's IO thread alone. */
    private static final class Course {
        private Origin origin = Origin.BALANCER;
        private double responseSeconds;
        private Throttle throttle = Throttle.NONE;
        private final Instant arrived = Instant.now();
        private final long arrivedNanos = System.nanoTime();
        private double requestSeconds;

        private void answered(long sentNanos) {
            origin = Origin.TARGET;
            responseSeconds = (System.nanoTime() - sentNanos) / 1e9;
            requestSeconds = (sentNanos - arrivedNanos) / 1e9;
        }

        /** The parts of the time it took until now; empty if no target answered. */
        private Optional<AccessEntry.Times> times() {
            double seconds = (System.nanoTime() - arrivedNanos) / 1e9;
            return origin == Origin.TARGET
                    ? Optional.of(new AccessEntry.Times(
                            requestSeconds, responseSeconds, Math.max(0, seconds - requestSeconds - responseSeconds)))
                    : Optional.empty();
        }
    }

    @Override
    public @Nullable ProxyTarget findTarget(HttpServerExchange exchange) {
        Course course = new Course();
        exchange.putAttachment(COURSE, course);
        Optional<TargetGroup> group = routing.of(exchange);
        Optional<Target> chosen = group.flatMap(found -> choose(exchange, found));
        chosen.ifPresent(target -> target.outstanding().incrementAndGet());
        group.map(TargetGroup::throttle)
                .filter(throttle -> !throttle.isNone())
                .ifPresent(throttle -> slow(exchange, course, throttle));
        exchange.addResponseCommitListener(committed -> answering(committed, course, chosen.isPresent()));
        exchange.addExchangeCompleteListener((done, next) -> {
            chosen.ifPresent(target -> {
                target.outstanding().decrementAndGet();
                target.usesNoMore(done);
            });
            if (done.isResponseStarted()) {
                counts.add(new Exchange(
                        group.map(TargetGroup::name),
                        chosen.map(Target::zone),
                        done.getStatusCode(),
                        course.origin,
                        course.responseSeconds));
                accesses.write(
                        done,
                        course.arrived,
                        chosen.map(Target::port),
                        group.map(TargetGroup::name),
                        routing.ruleOf(done),
                        course.times());
            }
            next.proceed();
        });
        return chosen.orElse(null);
    }

    /** The target that the client's cookie names, if the group heeds cookies, else one of its own, which it is told. */
    private static Optional<Target> choose(HttpServerExchange exchange, TargetGroup group) {
        Optional<Duration> stickiness = group.stickiness();
        if (stickiness.isEmpty()) {
            return group.choose(Optional.empty());
        }
        Optional<Target> chosen = group.choose(
                Optional.ofNullable(exchange.getRequestCookie(COOKIE)).map(Cookie::getValue));
        chosen.ifPresent(target -> exchange.setResponseCookie(
                new CookieImpl(COOKIE, target.cookie()).setPath("/").setMaxAge((int)
                        stickiness.get().toSeconds())));
        return chosen;
    }

    private static void slow(HttpServerExchange exchange, Course course, Throttle throttle) {
        course.throttle = throttle;
        if (throttle.bytesPerSecond() > 0) {
            int bytes = (int) Math.min(Integer.MAX_VALUE, throttle.bytesPerSecond());
            exchange.addResponseWrapper((factory, answering) ->
                    new RateLimitingStreamSinkConduit(factory.create(), bytes, 1, TimeUnit.SECONDS));
        }
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
        Target chosen = (Target) target;
        Runnable connect = () -> chosen.pool()
                .connect(target, exchange, new Connecting(callback, course, chosen), timeout, timeUnit, false);
        long nanosThereAndBack = 2 * course.throttle.latency().toNanos();
        if (nanosThereAndBack == 0) {
            connect.run();
        } else {
            // Both ways' latency at once: what the client sees is the same.
            exchange.getIoThread().executeAfter(connect, nanosThereAndBack, TimeUnit.NANOSECONDS);
        }
    }

    /** Notes when a connection is had, and that it could not be. */
    private static final class Connecting implements ProxyCallback<ProxyConnection> {
        private final ProxyCallback<ProxyConnection> next;
        private final Course course;
        private final Target target;

        Connecting(ProxyCallback<ProxyConnection> next, Course course, Target target) {
            this.next = next;
            this.course = course;
            this.target = target;
        }

        @Override
        public void completed(HttpServerExchange exchange, ProxyConnection connection) {
            // The network belongs to the target's response time, as it does on AWS.
            long sentNanos = course.throttle.isNone() ? System.nanoTime() : course.arrivedNanos;
            target.uses(exchange, connection.getConnection());
            ObservedConnection observed = new ObservedConnection(
                    connection.getConnection(), () -> course.answered(sentNanos), target.uplink());
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
