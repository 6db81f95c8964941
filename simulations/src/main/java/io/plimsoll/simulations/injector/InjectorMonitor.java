package io.plimsoll.simulations.injector;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.plimsoll.results.run.RunFacts.InjectorHealth;
import io.plimsoll.simulations.daemon.Daemon;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.HdrHistogram.Histogram;

/**
 * Watches this JVM while it generates load: CPU of the process and of its machine once a second, pauses for garbage
 * collection, and how late a task due every 100 ms really runs.
 *
 * <p>Source of the readings: {@link OperatingSystemMXBean} and garbage collection notifications of the JDK.
 */
public final class InjectorMonitor implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final int TICKS_PER_READING = 10;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("plimsoll-injector-monitor"));
    private final NotificationListener collections = (notification, handback) -> collected(notification.getUserData());
    private final Histogram delays = new Histogram(3);
    private final List<Double> hostCpu = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = system.getProcessCpuTime();
    private long ticks;
    private long lastNanos = startNanos;
    private long lastCpuNanos = startCpuNanos;
    private double worstCpu;
    private long longestPauseMillis;

    private InjectorMonitor() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(collections, null, null);
            }
        }
        system.getCpuLoad(); // the first reading has no interval yet
    }

    /** Starts to watch. */
    public static InjectorMonitor start() {
        InjectorMonitor monitor = new InjectorMonitor();
        var unused = monitor.ticker.scheduleAtFixedRate(monitor::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return monitor;
    }

    private synchronized void tick() {
        ticks++;
        long now = System.nanoTime();
        long due = startNanos + TimeUnit.MILLISECONDS.toNanos(ticks * TICK_MILLIS);
        delays.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - due)));
        if (ticks % TICKS_PER_READING == 0) {
            long cpu = system.getProcessCpuTime();
            worstCpu = Math.max(worstCpu, ratio(cpu - lastCpuNanos, now - lastNanos));
            lastNanos = now;
            lastCpuNanos = cpu;
            double host = system.getCpuLoad();
            if (host >= 0) {
                hostCpu.add(host);
            }
        }
    }

    private synchronized void collected(Object data) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from((CompositeData) data);
        longestPauseMillis = Math.max(longestPauseMillis, info.getGcInfo().getDuration());
    }

    private double ratio(long cpuNanos, long wallNanos) {
        return wallNanos <= 0 ? 0 : Math.min(1, Math.max(0, (double) cpuNanos / wallNanos / cores));
    }

    /** What was seen since the start; empty before the first reading, a second after it. */
    public synchronized Optional<InjectorHealth> health() {
        if (hostCpu.isEmpty()) {
            return Optional.empty();
        }
        double mean = ratio(system.getProcessCpuTime() - startCpuNanos, System.nanoTime() - startNanos);
        return Optional.of(new InjectorHealth(
                cores,
                mean,
                Math.max(mean, worstCpu),
                hostCpu.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                longestPauseMillis,
                delays.getMaxValue(),
                delays.getValueAtPercentile(99)));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (bean instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(collections);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException("the listener was added by the constructor", e);
                }
            }
        }
    }
}
