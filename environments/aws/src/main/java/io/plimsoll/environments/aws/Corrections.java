package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Correction;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts right what a descriptor says that discovery gets wrong. A part that was corrected says so in its fact {@value
 * #CORRECTED}; the tier of a scaling group is that of its instances.
 */
record Corrections(SortedMap<String, Correction> byId) {
    /** The fact that names what was corrected of a part. */
    static final String CORRECTED = "corrected";

    private static final String TIER = "tier";

    /**
     * The parts, corrected.
     *
     * @param problems takes a sentence for each part that cannot be what it is said to be
     */
    List<Resource> applied(List<Resource> parts, Set<String> problems) {
        return parts.stream()
                .map(part -> ofGroup(part, problems))
                .map(part -> byId.containsKey(part.id())
                        ? corrected(part, Objects.requireNonNull(byId.get(part.id())), problems)
                        : part)
                .toList();
    }

    private Resource ofGroup(Resource part, Set<String> problems) {
        return Optional.ofNullable(byId.get(part.facts().getOrDefault("scaling-group", "")))
                .flatMap(group -> Optional.ofNullable(group.facts().get(TIER)))
                .map(tier -> new Correction(Optional.empty(), new TreeMap<>(Map.of(TIER, tier))))
                .map(tier -> corrected(part, tier, problems))
                .orElse(part);
    }

    /** A sentence for each correction of a part that was not found. */
    List<String> unfounded(Topology topology) {
        Set<String> ids =
                topology.resources().stream().map(Resource::id).collect(Collectors.toCollection(TreeSet::new));
        return byId.keySet().stream()
                .filter(id -> !ids.contains(id))
                .map(id -> "find.correct: no part '" + id + "' was found"
                        + Suggestion.nearest(id, ids)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; the command topology lists what was"))
                .toList();
    }

    private static Resource corrected(Resource part, Correction correction, Set<String> problems) {
        SortedMap<String, String> facts = new TreeMap<>(part.facts());
        facts.putAll(correction.facts());
        Set<String> what = new TreeSet<>(correction.facts().keySet());
        if (correction.kind().isPresent()) {
            if (!correction.canBe(part.kind())) {
                problems.add(
                        "find.correct." + part.id() + ".kind: a " + part.kind().word() + " cannot be a "
                                + correction.kind().get().word());
                return part;
            }
            what.add("kind");
        }
        facts.put(CORRECTED, String.join(", ", what));
        return new Resource(
                correction.kind().orElse(part.kind()), part.id(), part.existedFrom(), part.existedUntil(), facts);
    }
}
