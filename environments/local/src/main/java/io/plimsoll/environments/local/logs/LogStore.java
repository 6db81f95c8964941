package io.plimsoll.environments.local.logs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps the last lines of every log group. Safe for several threads. */
public final class LogStore {
    /** Lines of a group that are kept; older ones are forgotten. */
    public static final int KEPT = 20_000;

    /** Group of the balancers' access logs, a stream for each. */
    public static final String ACCESS = "/plimsoll/access";

    /** Lines that are kept of the access logs, where every request is one. */
    public static final int KEPT_ACCESSES = 5_000;

    private final Clock clock;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Group> groups = new ConcurrentSkipListMap<>();

    /** Without a line. */
    public LogStore(Clock clock) {
        this.clock = clock;
    }

    private static final class Group {
        private final Instant created;
        private final int kept;
        private final Deque<LogLine> lines = new ArrayDeque<>();

        Group(Instant created, int kept) {
            this.created = created;
            this.kept = kept;
        }

        synchronized void add(LogLine line) {
            lines.addLast(line);
            if (lines.size() > kept) {
                lines.removeFirst();
            }
        }

        synchronized List<LogLine> lines() {
            return new ArrayList<>(lines);
        }
    }

    /** Makes a group, without a line, unless there is one of that name. */
    public void create(String group) {
        groups.computeIfAbsent(group, name -> group(name, clock.instant()));
    }

    private static Group group(String name, Instant created) {
        return new Group(created, name.equals(ACCESS) ? KEPT_ACCESSES : KEPT);
    }

    /**
     * Adds a line.
     *
     * @param at when it was said
     * @param content its {@code toString} is the line; it is called when the line is read, so it must not change
     */
    public void append(String group, String stream, Instant at, Object content) {
        Instant now = clock.instant();
        groups.computeIfAbsent(group, name -> group(name, now))
                .add(new LogLine(numbers.incrementAndGet(), stream, at, now, content));
    }

    /** All groups, by name. */
    public List<LogGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new LogGroup(
                        entry.getKey(),
                        entry.getValue().created,
                        entry.getValue().lines()))
                .toList();
    }

    /** A group by its name. */
    public Optional<LogGroup> group(String name) {
        return Optional.ofNullable(groups.get(name)).map(group -> new LogGroup(name, group.created, group.lines()));
    }
}
