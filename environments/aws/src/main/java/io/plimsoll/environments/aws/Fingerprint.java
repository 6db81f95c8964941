package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a stack must stay the same while a run judges it: images, launch templates, engine versions, classes, parameters,
 * code, policies, listeners, rules. How many instances there are, and in which state, is no part of it.
 */
public final class Fingerprint {
    /** The fact of a part that changed during the run. */
    static final String CHANGED = "changed-during-run";

    /** Facts that make a part what it is. */
    private static final Set<String> FACTS = Set.of(
            "architecture",
            "billing",
            "class",
            "code",
            "configuration",
            "cooldown-seconds",
            "dead-letters",
            "delay-seconds",
            "encrypted",
            "encryption",
            "engine",
            "fifo",
            "health-check-interval-seconds",
            "health-check-path",
            "healthy-threshold",
            "image",
            "indexes",
            "keys",
            "launch-configuration",
            "launch-template",
            "launches-version",
            "max",
            "max-receives",
            "memory-mb",
            "min",
            "multi-az",
            "node-type",
            "nodes",
            "parameter-group",
            "parameters",
            "port",
            "protocol",
            "read-capacity",
            "retention-seconds",
            "revision",
            "runtime",
            "scheme",
            "target-type",
            "timeout-seconds",
            "type",
            "unhealthy-threshold",
            "version",
            "visibility-timeout-seconds",
            "warm-up-seconds",
            "write-capacity");
    /** Facts of which having none says something: a security group without rules lets nobody in. */
    private static final Set<String> RULES = Set.of("in", "out");
    /** Beginnings of facts that a part has several of, told all at once. */
    private static final List<String> FAMILIES = List.of("policy ", "listener ", "certificate ");

    /**
     * Parts that come and go by themselves: a change of theirs shows in the group that made them, and a log group comes
     * with the first line that its writer has to say. The client is no part of the stack.
     */
    private static final Set<ResourceKind> FLEETING = EnumSet.of(
            ResourceKind.INSTANCE,
            ResourceKind.VOLUME,
            ResourceKind.ZONE,
            ResourceKind.TARGET_GROUP_ZONE,
            ResourceKind.LOG_GROUP,
            ResourceKind.CLIENT);

    /** Readers that Aurora's auto scaling adds and removes (Aurora user guide, "Amazon Aurora Auto Scaling"). */
    private static final String SCALED_READER = "application-autoscaling-";

    private static final String EXISTENCE = "existence";

    private Fingerprint() {}

    private static boolean isFleeting(Resource part) {
        return FLEETING.contains(part.kind())
                || (part.kind() == ResourceKind.REPLICA && part.id().startsWith(SCALED_READER));
    }

    /** Sixteen hexadecimal digits that differ if anything of it does (SHA-256, cut). */
    public static String of(Topology topology) {
        StringBuilder text = new StringBuilder();
        topology.resources().stream()
                .filter(part -> !isFleeting(part) && !Departures.isGone(part))
                .forEach(part -> text.append(part.kind().word())
                        .append(' ')
                        .append(part.id())
                        .append(' ')
                        .append(facts(part))
                        .append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /**
     * What changed between two looks, as events of kind {@link Event.Kind#CHANGE} with the details {@code fact}, {@code
     * from} and {@code to}. A part that is gone, or new, is a change unless it comes and goes by itself; one that the second
     * look could not see is kept by it, and so is no change. A fact that was not told at one of the looks is no change,
     * unless its absence says something.
     */
    public static List<Event> changes(Topology before, Topology after, Instant at) {
        List<Event> changes = new ArrayList<>();
        for (Resource now : after.resources()) {
            Optional<Resource> then = before.resources().stream()
                    .filter(part -> part.id().equals(now.id()))
                    .min((one, other) -> Boolean.compare(other.kind() == now.kind(), one.kind() == now.kind()));
            if (then.isEmpty() && !isFleeting(now)) {
                changes.add(change(now, EXISTENCE, "absent", "present", at));
            }
            then.filter(part -> Departures.isGone(now) && !Departures.isGone(part) && !isFleeting(now))
                    .ifPresent(part -> changes.add(change(now, EXISTENCE, "present", Departures.NOT_FOUND, at)));
            then.ifPresent(part -> changes.addAll(changes(part, now, at)));
        }
        return List.copyOf(changes);
    }

    private static List<Event> changes(Resource then, Resource now, Instant at) {
        SortedMap<String, String> old = facts(then);
        SortedMap<String, String> fresh = facts(now);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<Event> changes = new ArrayList<>();
        for (String fact : names) {
            String from = old.getOrDefault(fact, "none");
            String to = fresh.getOrDefault(fact, "none");
            boolean told = isTold(fact, old) && isTold(fact, fresh);
            if (told && !from.equals(to)) {
                changes.add(change(now, fact, from, to, at));
            }
        }
        return changes;
    }

    /** Whether a look that found these facts told this one, be it that there is none. */
    private static boolean isTold(String fact, SortedMap<String, String> facts) {
        return facts.containsKey(fact)
                || RULES.contains(fact)
                || FAMILIES.stream()
                        .filter(fact::startsWith)
                        .anyMatch(family -> facts.keySet().stream().anyMatch(other -> other.startsWith(family)));
    }

    /**
     * A stack whose changed parts say so, in the fact {@value #CHANGED}, by which a verdict is voided.
     *
     * @param changes as {@link #changes} found them
     */
    static Topology marked(Topology topology, List<Event> changes) {
        return new Topology(topology.resources().stream()
                .map(part -> {
                    String changed = changes.stream()
                            .filter(change -> change.resource().equals(part.id()))
                            .map(change -> change.details().get("fact") + " from "
                                    + change.details().get("from") + " to "
                                    + change.details().get("to"))
                            .collect(Collectors.joining("; "));
                    return changed.isEmpty()
                            ? part
                            : new Facts().with(CHANGED, changed).addedTo(part);
                })
                .toList());
    }

    private static Event change(Resource part, String fact, String from, String to, Instant at) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("fact", fact);
        details.put("from", from);
        details.put("to", to);
        String summary = part.kind().word() + " " + part.id() + ": " + fact + " changed from '" + from + "' to '" + to
                + "' during the run";
        return new Event(at, Event.Kind.CHANGE, part.id(), summary, details);
    }

    private static SortedMap<String, String> facts(Resource part) {
        SortedMap<String, String> facts = new TreeMap<>(part.facts());
        facts.keySet()
                .removeIf(fact -> !FACTS.contains(fact)
                        && !RULES.contains(fact)
                        && FAMILIES.stream().noneMatch(fact::startsWith));
        return facts;
    }
}
