package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.estate.HealthCheckView;
import io.plimsoll.environments.local.process.Daemon;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks an endpoint again and again from several checkers, as Route 53 does: it is healthy while more than 18 % of them
 * say so ("How Amazon Route 53 determines whether a health check is healthy"). Safe for several threads.
 */
public final class HealthCheck implements AutoCloseable {
    private static final int CHECKERS = 3;
    private static final double HEALTHY_ABOVE_RATIO = 0.18;

    private final HealthCheckSettings settings;
    private final EndpointProbe probe;
    private final List<Checker> checkers = new ArrayList<>();
    private final ScheduledExecutorService timer;
    private List<EndpointProbe.Result> results = new ArrayList<>();

    /** One checker's mind: it begins healthy and changes after {@code failureThreshold} answers to the contrary. */
    private static final class Checker {
        private boolean healthy = true;
        private int contrary;
    }

    /** Begins to ask. */
    public HealthCheck(HealthCheckSettings settings) {
        this.settings = settings;
        this.probe = new EndpointProbe(settings);
        this.timer = Executors.newScheduledThreadPool(CHECKERS, Daemon.named("health-check"));
        long interval = settings.interval().toNanos();
        for (int i = 0; i < CHECKERS; i++) {
            Checker checker = new Checker();
            checkers.add(checker);
            var unused = timer.scheduleAtFixedRate(
                    () -> ask(checker), interval * i / CHECKERS, interval, TimeUnit.NANOSECONDS);
        }
    }

    private void ask(Checker checker) {
        EndpointProbe.Result result = probe.ask();
        synchronized (this) {
            results.add(result);
            checker.contrary = result.passed() == checker.healthy ? 0 : checker.contrary + 1;
            if (checker.contrary >= settings.failureThreshold()) {
                checker.healthy = !checker.healthy;
                checker.contrary = 0;
            }
        }
    }

    public HealthCheckSettings settings() {
        return settings;
    }

    /** Share of checkers that say it is healthy, in [0, 1]. */
    public synchronized double healthyRatio() {
        return (double) checkers.stream().filter(checker -> checker.healthy).count() / checkers.size();
    }

    /** What the checkers say together. */
    public boolean isHealthy() {
        return healthyRatio() > HEALTHY_ABOVE_RATIO;
    }

    /** What was measured since the last call. */
    synchronized List<EndpointProbe.Result> drain() {
        List<EndpointProbe.Result> drained = results;
        results = new ArrayList<>();
        return drained;
    }

    /** How it is described. */
    public HealthCheckView view() {
        return new HealthCheckView(
                settings.id(),
                settings.type().name(),
                LoopbackPorts.ADDRESS,
                settings.port(),
                settings.type() == HealthCheckSettings.Type.TCP ? "" : settings.path(),
                settings.interval(),
                settings.failureThreshold(),
                isHealthy());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
