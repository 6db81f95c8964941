package io.plimsoll.simulations.stop;

import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.environments.aws.descriptor.StopCondition;
import io.plimsoll.results.load.GatlingLogTail;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.simulations.daemon.Daemon;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches the conditions while load is sent: those about requests once a second, alarms every ten seconds, which is the
 * only polling of CloudWatch a run does for a verdict's sake.
 */
public final class StopMonitor implements AutoCloseable {
    private static final int ALARM_SECONDS = 10;

    /** Asks which of some alarms are in state ALARM. */
    public interface Alarms {
        /** Those of them that are; nothing is asked if none is given. */
        List<String> ringing(List<String> names) throws InterruptedException;
    }

    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("plimsoll-stop-conditions"));
    private final GatlingLogTail tail;
    private final StopRules rules;
    private final List<String> alarms;
    private final Alarms watch;
    private final Consumer<String> stop;
    private int ticks;

    private StopMonitor(Path log, List<StopCondition> conditions, Alarms watch, Consumer<String> stop) {
        this.tail = new GatlingLogTail(log);
        this.rules = new StopRules(conditions);
        this.alarms = conditions.stream()
                .filter(StopCondition.Alarm.class::isInstance)
                .map(condition -> ((StopCondition.Alarm) condition).name())
                .toList();
        this.watch = watch;
        this.stop = stop;
    }

    /**
     * Starts to watch; does nothing if there are no conditions.
     *
     * @param log Gatling's log, as it is written
     * @param watch where alarms are asked for
     * @param stop told once, with the reason
     */
    public static StopMonitor start(Path log, List<StopCondition> conditions, Alarms watch, Consumer<String> stop) {
        StopMonitor monitor = new StopMonitor(log, conditions, watch, stop);
        if (!conditions.isEmpty()) {
            var unused = monitor.ticker.scheduleAtFixedRate(monitor::look, 1, 1, TimeUnit.SECONDS);
        }
        return monitor;
    }

    private synchronized void look() {
        Optional<String> reason = broken();
        if (reason.isPresent()) {
            ticker.shutdown();
            stop.accept(reason.get());
        }
    }

    private Optional<String> broken() {
        try {
            tail.poll(rules);
            Optional<String> broken = rules.broken();
            boolean due = ticks++ % ALARM_SECONDS == 0;
            if (broken.isPresent() || !due) {
                return broken;
            }
            return watch.ringing(alarms).stream().findFirst().map(alarm -> "alarm " + alarm + " is in state ALARM");
        } catch (ObservationException e) {
            return Optional.of("an alarm that may have to stop the run cannot be read: " + e.sentence());
        } catch (UnreadableLogException e) {
            return Optional.of("the log cannot be read, so no condition can be watched: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        synchronized (this) {
            tail.close();
        }
    }
}
