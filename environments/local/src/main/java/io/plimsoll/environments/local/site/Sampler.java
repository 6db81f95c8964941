package io.plimsoll.environments.local.site;

import io.plimsoll.environments.local.metrics.WallSeconds;
import io.plimsoll.environments.local.process.Daemon;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures at every full second of the wall clock. Each measurement has a thread, so that none waits for another. */
final class Sampler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sampler.class.getName());
    private static final long PERIOD_MILLIS = 1_000;

    private final List<ScheduledExecutorService> timers = new ArrayList<>();

    /**
     * Measures from now on.
     *
     * @param name what is measured
     * @param measurement told the start of the second that has ended
     */
    public synchronized void everySecond(String name, Consumer<Instant> measurement) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Daemon.named("measure-" + name));
        timers.add(timer);
        WallSeconds seconds = new WallSeconds(Instant.now());
        var unused = timer.scheduleAtFixedRate(
                () -> measure(name, measurement, seconds.ended(Instant.now())),
                WallSeconds.millisToEnd(Instant.now()),
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** A measurement that fails must not end those to come: a timer drops a task that throws. */
    private static void measure(String name, Consumer<Instant> measurement, Instant at) {
        try {
            measurement.accept(at);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, name + " could not be measured at " + at, e);
        }
    }

    /** Stops measuring. */
    @Override
    public synchronized void close() {
        timers.forEach(ScheduledExecutorService::shutdownNow);
    }
}
