package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.process.Daemon;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;

/** Takes every request through the virtual CPU to its route; health checks do not need the CPU. */
final class ServiceHandler implements HttpHandler {
    private static final String HEALTH = "/health";

    private final List<Route> routes;
    private final Health health;
    private final Optional<Upstream> upstream;
    private final VirtualCpu cpu;
    private final ScheduledExecutorService clock;
    private final ExecutorService workers;
    /** Apart from the workers: that all of them wait for a database is no illness of the instance. */
    private final ExecutorService healthChecks = Executors.newSingleThreadExecutor(Daemon.named("health"));

    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final FailureLog failures = new FailureLog(System.err::println, System::nanoTime);

    /** Whether the service can serve. */
    @FunctionalInterface
    interface Health {
        /** What is wrong; empty if nothing is. May wait. */
        Optional<String> problem();
    }

    /**
     * Where requests go that no route takes.
     *
     * @param handler passes them on
     * @param cost virtual CPU time of that
     */
    record Upstream(HttpHandler handler, Duration cost) {}

    /**
     * A handler.
     *
     * @param upstream where requests go that no route takes; empty to answer them 404
     */
    ServiceHandler(
            List<Route> routes,
            Health health,
            Optional<Upstream> upstream,
            VirtualCpu cpu,
            ScheduledExecutorService clock,
            ExecutorService workers) {
        this.routes = List.copyOf(routes);
        this.health = health;
        this.upstream = upstream;
        this.cpu = cpu;
        this.clock = clock;
        this.workers = workers;
    }

    /** Requests taken so far, refused ones included and health checks excepted. */
    long requests() {
        return requests.sum();
    }

    /** Requests answered with a status of 500 or more. */
    long errors() {
        return errors.sum();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (path.equals(HEALTH)) {
            exchange.dispatch(healthChecks, this::health);
            return;
        }
        List<Route> taking =
                routes.stream().filter(route -> route.takes().test(path)).toList();
        Optional<Route> route = taking.stream()
                .filter(each -> each.method().equals(exchange.getRequestMethod()))
                .findFirst();
        if (route.isPresent()) {
            Matcher matched = route.get().path().matcher(path);
            afterCpu(exchange, route.get().cost(), () -> work(exchange, route.get(), matched));
        } else if (!taking.isEmpty()) {
            exchange.getResponseHeaders()
                    .put(
                            Headers.ALLOW,
                            String.join(
                                    ", ",
                                    taking.stream()
                                            .map(each -> each.method().toString())
                                            .toList()));
            Answers.text(exchange, StatusCodes.METHOD_NOT_ALLOWED, "only with the methods of the header Allow");
        } else if (upstream.isPresent()) {
            afterCpu(
                    exchange,
                    upstream.get().cost(),
                    () -> exchange.getIoThread()
                            .execute(() ->
                                    Connectors.executeRootHandler(upstream.get().handler(), exchange)));
        } else {
            Answers.text(exchange, StatusCodes.NOT_FOUND, "no such path");
        }
    }

    /** Runs something once the virtual CPU has done its work, without a thread waiting for that. */
    private void afterCpu(HttpServerExchange exchange, Duration cost, Runnable next) {
        requests.increment();
        exchange.addExchangeCompleteListener((done, following) -> {
            if (done.getStatusCode() >= StatusCodes.INTERNAL_SERVER_ERROR) {
                errors.increment();
                failures.add(done);
            }
            following.proceed();
        });
        OptionalLong nanos = cpu.admit(cost);
        if (nanos.isEmpty()) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the queue for the CPU is too long");
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            var unused = clock.schedule(next, nanos.getAsLong(), TimeUnit.NANOSECONDS);
        });
    }

    private void work(HttpServerExchange exchange, Route route, Matcher path) {
        HttpHandler handler = working -> {
            if (path.matches()) {
                route.handler().handle(working, path);
            }
        };
        try {
            workers.execute(() -> Connectors.executeRootHandler(handler, exchange));
        } catch (RejectedExecutionException e) {
            exchange.endExchange();
        }
    }

    private void health(HttpServerExchange exchange) {
        Optional<String> problem = health.problem();
        Answers.text(
                exchange, problem.isPresent() ? StatusCodes.SERVICE_UNAVAILABLE : StatusCodes.OK, problem.orElse("ok"));
    }
}
