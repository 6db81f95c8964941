package io.plimsoll.environments.local.site;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was done to the stack, in order: calls of its AWS endpoint that change something, and disturbances. The oldest of
 * more than 10,000 entries are forgotten. Safe for several threads. */
public final class AuditTrail {
    /** Whom every caller is taken for. */
    public static final String USER = "plimsoll";

    private static final int KEPT = 10_000;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    /** An empty trail. */
    public AuditTrail(Clock clock) {
        this.clock = clock;
    }

    /**
     * One act.
     *
     * @param id a UUID
     * @param at when it was done
     * @param source service that did it, such as {@code ec2.amazonaws.com}
     * @param name such as {@code TerminateInstances}
     * @param user who asked for it
     * @param parameters with what, by name
     * @param error why it was not done, as {@code code: sentence}; empty if it was done
     */
    public record Entry(
            String id,
            Instant at,
            String source,
            String name,
            String user,
            Map<String, String> parameters,
            Optional<String> error) {
        public Entry {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Adds an act that the stack's user did now. */
    public void record(String source, String name, Map<String, String> parameters) {
        record(source, name, USER, parameters, Optional.empty());
    }

    /**
     * Adds an act that was done or refused now.
     *
     * @param error why it was not done; empty if it was
     */
    public synchronized void record(
            String source, String name, String user, Map<String, String> parameters, Optional<String> error) {
        entries.addLast(
                new Entry(UUID.randomUUID().toString(), clock.instant(), source, name, user, parameters, error));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    /** All entries kept, the oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
