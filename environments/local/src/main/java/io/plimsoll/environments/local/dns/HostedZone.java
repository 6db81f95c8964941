package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.estate.HostedZoneView;
import io.plimsoll.environments.local.estate.RecordSetView;
import io.plimsoll.environments.local.estate.RecordSetView.Failover;
import io.plimsoll.environments.local.estate.RecordSetView.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** The record sets of a zone, and which of them are answered now. Safe for several threads. */
public final class HostedZone {
    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final Duration OF_THE_ZONE = Duration.ofMinutes(15);

    private final String id;
    private final String name;
    private final Predicate<String> isHealthy;
    private volatile List<RecordSetView> sets;
    private final LongAdder queries = new LongAdder();

    /**
     * A zone with its SOA and NS records.
     *
     * @param name absolute name, ending in a dot
     * @param isHealthy whether the health check of an id is well
     */
    public HostedZone(String name, Predicate<String> isHealthy) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.isHealthy = isHealthy;
        SecureRandom random = new SecureRandom();
        StringBuilder letters = new StringBuilder("Z");
        for (int i = 0; i < 20; i++) {
            letters.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        this.id = letters.toString();
        this.sets = List.of(
                RecordSetView.simple(
                        this.name,
                        "SOA",
                        OF_THE_ZONE,
                        List.of("ns." + this.name + " hostmaster." + this.name + " 1 7200 900 1209600 1")),
                RecordSetView.simple(this.name, "NS", OF_THE_ZONE, List.of("ns." + this.name)),
                RecordSetView.simple("ns." + this.name, "A", OF_THE_ZONE, List.of("127.0.0.1")));
    }

    public String id() {
        return id;
    }

    /** Absolute name. */
    public String name() {
        return name;
    }

    /**
     * Adds a record set or replaces the one of its name, type and failover role.
     *
     * @throws IllegalArgumentException if its name is not in the zone
     */
    public synchronized void upsert(RecordSetView set) {
        if (!contains(set.name())) {
            throw new IllegalArgumentException(set.name() + " is not in the zone " + name);
        }
        List<RecordSetView> changed = new ArrayList<>(sets);
        changed.removeIf(other -> replaces(set, other));
        changed.add(set);
        sets = List.copyOf(changed);
    }

    private static boolean replaces(RecordSetView set, RecordSetView other) {
        return other.name().equalsIgnoreCase(set.name())
                && other.type().equals(set.type())
                && other.failover().map(Failover::role).equals(set.failover().map(Failover::role));
    }

    /** Whether a name is the zone's or below it. */
    boolean contains(String absoluteName) {
        String lower = absoluteName.toLowerCase(Locale.ROOT);
        return lower.equals(name) || lower.endsWith("." + name);
    }

    /** Counts a question about the zone. */
    void asked() {
        queries.increment();
    }

    /** Questions so far. */
    public long queries() {
        return queries.sum();
    }

    /** Whether a name has records of any type, or a name below it has. */
    boolean exists(String absoluteName) {
        String lower = absoluteName.toLowerCase(Locale.ROOT);
        return sets.stream()
                .map(set -> set.name().toLowerCase(Locale.ROOT))
                .anyMatch(known -> known.equals(lower) || known.endsWith("." + lower));
    }

    /**
     * The record sets of a name that are answered now: of a failover pair the primary while it is well or the secondary
     * is not either, else the secondary.
     */
    List<RecordSetView> answered(String absoluteName) {
        List<RecordSetView> answered = new ArrayList<>();
        for (RecordSetView set : sets) {
            if (set.name().equalsIgnoreCase(absoluteName) && isChosen(set)) {
                answered.add(set);
            }
        }
        return answered;
    }

    private boolean isChosen(RecordSetView set) {
        if (set.failover().isEmpty()) {
            return true;
        }
        boolean primary = set.failover().get().role() == Role.PRIMARY;
        RecordSetView other = sets.stream()
                .filter(each -> !each.equals(set)
                        && each.name().equalsIgnoreCase(set.name())
                        && each.type().equals(set.type()))
                .findFirst()
                .orElse(set);
        return primary ? isWell(set) || !isWell(other) : !isWell(other) && isWell(set);
    }

    /** A record set without a health check is always well. */
    private boolean isWell(RecordSetView set) {
        return set.healthCheckId().map(isHealthy::test).orElse(true);
    }

    /** How it is described. */
    public HostedZoneView view() {
        return new HostedZoneView(
                id,
                name,
                sets.stream()
                        .sorted(Comparator.comparing(RecordSetView::name)
                                .thenComparing(RecordSetView::type)
                                .thenComparing(set -> set.failover().toString()))
                        .toList());
    }
}
