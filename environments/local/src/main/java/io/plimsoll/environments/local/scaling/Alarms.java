package io.plimsoll.environments.local.scaling;

import io.plimsoll.environments.local.metrics.Datapoint;
import io.plimsoll.environments.local.metrics.MetricStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All metric alarms and their history, of which the oldest items are forgotten. Safe for several threads. */
public final class Alarms {
    private static final int HISTORY = 20_000;

    private final MetricStore store;
    private final Clock clock;
    private final Map<String, Alarm> alarms = new LinkedHashMap<>();
    private final Deque<AlarmEvent> history = new ArrayDeque<>();
    private final List<Firing> unheard = new ArrayList<>();

    Alarms(MetricStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * An alarm that triggers something.
     *
     * @param alarm the alarm
     * @param action ARN of what is triggered
     * @param latest the last period's datapoint
     */
    record Firing(AlarmSpec alarm, String action, Optional<Datapoint> latest) {}

    /** Makes an alarm or configures the one of its name anew. */
    public synchronized void put(AlarmSpec spec) {
        Instant now = clock.instant();
        Alarm known = alarms.get(spec.name());
        if (known == null) {
            alarms.put(spec.name(), new Alarm(spec, now));
        } else {
            known.configure(spec, now);
        }
        remember(AlarmEvent.configured(now, spec.name(), known == null ? "created" : "updated"));
    }

    /** Deletes alarms; names that no alarm has are passed over. */
    public synchronized void delete(Collection<String> names) {
        for (String name : names) {
            if (alarms.remove(name) != null) {
                remember(AlarmEvent.configured(clock.instant(), name, "deleted"));
            }
        }
    }

    /** Switches the actions of alarms on or off. */
    public synchronized void enableActions(Collection<String> names, boolean on) {
        for (String name : names) {
            Alarm alarm = find(name);
            alarm.actions(alarm.spec().actions().enabled(on));
            remember(AlarmEvent.configured(clock.instant(), name, "updated"));
        }
    }

    /** Puts an alarm into a state until its next evaluation; what the state triggers is triggered. */
    public synchronized void set(String name, AlarmState state, String reason) {
        Alarm alarm = find(name);
        Instant now = clock.instant();
        alarm.set(state, reason, now).ifPresent(transition -> {
            remember(AlarmEvent.changed(transition));
            unheard.addAll(firings(alarm, true, now));
        });
    }

    private Alarm find(String name) {
        Alarm alarm = alarms.get(name);
        if (alarm == null) {
            throw new Refusal("ResourceNotFound", "Could not find alarm " + name);
        }
        return alarm;
    }

    /**
     * Evaluates every alarm of which a period has been published.
     *
     * @param published end of the last published second
     * @return what the states of those alarms trigger: an Auto Scaling policy is triggered again in each period
     */
    synchronized List<Firing> evaluate(Instant published, Instant now) {
        List<Firing> firings = new ArrayList<>(unheard);
        unheard.clear();
        for (Alarm alarm : alarms.values()) {
            alarm.evaluate(store, published, now).ifPresent(evaluated -> {
                evaluated.transition().ifPresent(transition -> remember(AlarmEvent.changed(transition)));
                firings.addAll(firings(alarm, evaluated.transition().isPresent(), now));
            });
        }
        return firings;
    }

    private List<Firing> firings(Alarm alarm, boolean changed, Instant now) {
        List<String> actions = alarm.spec().actions().in(alarm.state());
        if (changed) {
            actions.forEach(
                    action -> remember(AlarmEvent.acted(now, alarm.spec().name(), action)));
        }
        return actions.stream()
                .map(action -> new Firing(alarm.spec(), action, alarm.latest()))
                .toList();
    }

    private void remember(AlarmEvent event) {
        history.addLast(event);
        if (history.size() > HISTORY) {
            history.removeFirst();
        }
    }

    /** State of an alarm; empty if there is none of that name. */
    synchronized Optional<AlarmState> state(String name) {
        return Optional.ofNullable(alarms.get(name)).map(Alarm::state);
    }

    /** Names of the alarms that trigger something in ALARM. */
    synchronized List<String> triggering(String action) {
        return alarms.values().stream()
                .map(Alarm::spec)
                .filter(spec -> spec.actions().alarm().contains(action))
                .map(AlarmSpec::name)
                .toList();
    }

    /** All alarms, the oldest first. */
    public synchronized List<AlarmStatus> all() {
        return alarms.values().stream().map(Alarm::status).toList();
    }

    /** Their history, the oldest item first. */
    public synchronized List<AlarmEvent> history() {
        return List.copyOf(history);
    }
}
