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
import java.util.stream.Collectors;

/**
 * What of a stack must stay the same while a run judges it: images, launch templates, engine versions, classes and
 * parameter groups. How many instances there are, and in which state, is no part of it.
 */
public final class Fingerprint {
    /** The fact of a part that changed during the run. */
    static final String CHANGED = "changed-during-run";

    /** Facts that make a part what it is. */
    private static final List<String> FACTS = List.of(
            "image",
            "type",
            "launch-template",
            "engine",
            "version",
            "class",
            "node-type",
            "parameter-group",
            "min",
            "max",
            "encryption",
            "encrypted",
            "health-check-path",
            "health-check-interval-seconds",
            "in",
            "out");

    /**
     * Parts that come and go by themselves: a change of theirs shows in the group that made them, and a log group comes
     * with the first line that its writer has to say.
     */
    private static final Set<ResourceKind> FLEETING = EnumSet.of(
            ResourceKind.INSTANCE,
            ResourceKind.VOLUME,
            ResourceKind.ZONE,
            ResourceKind.TARGET_GROUP_ZONE,
            ResourceKind.LOG_GROUP);

    private Fingerprint() {}

    /** Sixteen hexadecimal digits that differ if anything of it does (SHA-256, cut). */
    public static String of(Topology topology) {
        StringBuilder text = new StringBuilder();
        topology.resources().stream()
                .filter(part -> !FLEETING.contains(part.kind()))
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
     * from} and {@code to}. A part that is gone is kept by the second look, and so is no change; one that is new and does
     * not come and go by itself is.
     */
    public static List<Event> changes(Topology before, Topology after, Instant at) {
        List<Event> changes = new ArrayList<>();
        for (Resource now : after.resources()) {
            Optional<Resource> then = before.of(now.kind()).stream()
                    .filter(part -> part.id().equals(now.id()))
                    .findFirst();
            if (isNew(before, now) && !FLEETING.contains(now.kind())) {
                changes.add(change(now, "existence", "absent", "present", at));
            }
            then.filter(part -> !FLEETING.contains(part.kind())).ifPresent(part -> {
                SortedMap<String, String> old = facts(part);
                SortedMap<String, String> fresh = facts(now);
                for (String fact : FACTS) {
                    String from = old.getOrDefault(fact, "none");
                    String to = fresh.getOrDefault(fact, "none");
                    if (!from.equals(to)) {
                        changes.add(change(now, fact, from, to, at));
                    }
                }
            });
        }
        return List.copyOf(changes);
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

    /** A failover makes a reader of a writer: an id that was there as another kind is not new. */
    private static boolean isNew(Topology before, Resource now) {
        return before.resources().stream().noneMatch(part -> part.id().equals(now.id()));
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
        SortedMap<String, String> facts = new TreeMap<>();
        for (String fact : FACTS) {
            Optional.ofNullable(part.facts().get(fact)).ifPresent(value -> facts.put(fact, value));
        }
        return facts;
    }
}
