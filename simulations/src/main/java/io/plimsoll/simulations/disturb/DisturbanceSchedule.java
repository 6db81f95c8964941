package io.plimsoll.simulations.disturb;

import io.plimsoll.environments.aws.disturb.Disturbance;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.simulations.daemon.Daemon;
import io.plimsoll.simulations.plan.PlannedDisturbance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Carries out a plan's disturbances at their moments. Each has a thread of its own, since one may take long; what is not
 * through when the run ends is told as failed.
 */
public final class DisturbanceSchedule implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemon.named("plimsoll-plan"));
    private final ExecutorService acting = Executors.newCachedThreadPool(Daemon.named("plimsoll-disturbance"));
    private final BiFunction<Disturbance, Instant, Event> carryOut;
    private final Consumer<Event> told;
    private final Map<PlannedDisturbance, Instant> outstanding = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();

    private DisturbanceSchedule(BiFunction<Disturbance, Instant, Event> carryOut, Consumer<Event> told) {
        this.carryOut = carryOut;
        this.told = told;
    }

    /**
     * Begins to wait for the moments.
     *
     * @param planned what is to be done; none is refused by the environment
     * @param plan the load on the wall clock
     * @param timeScale factor on the offsets
     * @param carryOut does one thing, due at a moment, and tells how it went
     * @param told takes each event as it happens
     * @param clock the wall clock
     */
    public static DisturbanceSchedule start(
            List<PlannedDisturbance> planned,
            LoadPlan plan,
            double timeScale,
            BiFunction<Disturbance, Instant, Event> carryOut,
            Consumer<Event> told,
            Clock clock) {
        DisturbanceSchedule schedule = new DisturbanceSchedule(carryOut, told);
        for (PlannedDisturbance disturbance : planned) {
            Instant due = disturbance.due(plan, timeScale);
            schedule.outstanding.put(disturbance, due);
            long wait = Math.max(0, Duration.between(clock.instant(), due).toMillis());
            var unused = schedule.timer.schedule(
                    () -> schedule.acting.execute(() -> schedule.carryOut(disturbance, due)),
                    wait,
                    TimeUnit.MILLISECONDS);
        }
        return schedule;
    }

    private void carryOut(PlannedDisturbance planned, Instant due) {
        Event event = carryOut.apply(new Disturbance(planned.name(), planned.of(), planned.with()), due);
        synchronized (this) {
            outstanding.remove(planned);
            events.add(event);
        }
        told.accept(event);
    }

    /** What was done, in time order; what has not come to its moment is told as failed, and what is not through ended. */
    public List<Event> finish() {
        close();
        synchronized (this) {
            outstanding.forEach((planned, due) -> events.add(missed(planned, due)));
            outstanding.clear();
            events.sort(Comparator.comparing(Event::at));
            return List.copyOf(events);
        }
    }

    private static Event missed(PlannedDisturbance planned, Instant due) {
        SortedMap<String, String> details = new TreeMap<>(planned.with());
        String reason = "the run ended before it was through";
        details.putAll(Map.of(
                "disturbance", planned.name(), "outcome", "failed", "planned", due.toString(), "reason", reason));
        return new Event(due, Event.Kind.DISTURBANCE, "stack", planned + ": failed, " + reason, details);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        acting.shutdownNow();
        try {
            if (!acting.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                return; // it is told as not through
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
