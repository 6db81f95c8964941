package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group's scheduled actions and when each acts next. */
final class ScheduledActions {
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(ScheduledActionSpec action, Optional<Instant> next) {}

    void put(ScheduledActionSpec action, Instant now) {
        entries.put(action.name(), new Entry(action, action.next(now)));
    }

    void remove(String name) {
        if (entries.remove(name) == null) {
            throw Refusal.invalid("Scheduled action name not found");
        }
    }

    /** Actions that are due, in the order of their times; one that will not act again is forgotten, as by AWS. */
    List<ScheduledActionSpec> due(Instant now) {
        List<Entry> due = new ArrayList<>(entries.values().stream()
                .filter(entry -> entry.next().filter(at -> !at.isAfter(now)).isPresent())
                .toList());
        due.sort((one, other) -> one.next().orElseThrow().compareTo(other.next().orElseThrow()));
        for (Entry entry : due) {
            Optional<Instant> next = entry.action().next(now);
            if (next.isPresent()) {
                entries.put(entry.action().name(), new Entry(entry.action(), next));
            } else {
                entries.remove(entry.action().name());
            }
        }
        return due.stream().map(Entry::action).toList();
    }

    /** What will act, with the next time. */
    Map<ScheduledActionSpec, Instant> upcoming() {
        Map<ScheduledActionSpec, Instant> upcoming = new LinkedHashMap<>();
        entries.values().forEach(entry -> entry.next().ifPresent(next -> upcoming.put(entry.action(), next)));
        return upcoming;
    }
}
