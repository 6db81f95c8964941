package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.observation.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of {@code find.correct}: what discovery gets wrong, by the id of the part. Only what says where a part stands
 * and by which dimensions it is measured can be corrected; what a verdict rests on (encryption, rules, versions) is as AWS
 * tells it.
 */
final class CorrectSection {
    /** Keys of an entry; all but the first are facts, as the command {@code topology} names them. */
    static final List<String> KEYS = List.of(
            "kind",
            "tier",
            "zone",
            "region",
            "engine",
            "replica-of",
            "scaling-group",
            "load-balancer",
            "target-group",
            "cluster",
            "node",
            "metrics-filter");

    /** Kinds that discovery can take for one another. */
    private static final List<List<ResourceKind>> ALIKE = List.of(
            List.of(ResourceKind.DATABASE, ResourceKind.REPLICA, ResourceKind.SHARD),
            List.of(ResourceKind.QUEUE, ResourceKind.DEAD_LETTER_QUEUE));

    private static final String FORM = "[^\\p{Cntrl},]{1,255}";

    private CorrectSection() {}

    static SortedMap<String, Correction> read(Optional<Node> section) {
        SortedMap<String, Correction> corrections = new TreeMap<>();
        section.ifPresent(node -> node.mapping().forEach((id, entry) -> corrections.put(id, correction(entry))));
        return corrections;
    }

    /** Whether a part of one kind can be corrected to be of the other. */
    static boolean areAlike(ResourceKind found, ResourceKind corrected) {
        return found == corrected
                || ALIKE.stream().anyMatch(kinds -> kinds.contains(found) && kinds.contains(corrected));
    }

    private static Correction correction(Node entry) {
        entry.allowOnly(KEYS.toArray(String[]::new));
        SortedMap<String, String> facts = new TreeMap<>();
        for (Map.Entry<String, Node> fact : entry.mapping().entrySet()) {
            if (!fact.getValue().text().matches(FORM)) {
                throw fact.getValue().error("must be 1 to 255 characters on one line, without a comma");
            }
            facts.put(fact.getKey(), fact.getValue().text());
        }
        if (facts.isEmpty()) {
            throw entry.error("must correct something: " + String.join(", ", KEYS));
        }
        facts.remove("kind");
        return new Correction(entry.optional("kind").map(CorrectSection::kind), facts);
    }

    private static ResourceKind kind(Node node) {
        Map<String, ResourceKind> words = ALIKE.stream()
                .flatMap(kinds -> Stream.of(kinds.toArray(ResourceKind[]::new)))
                .collect(Collectors.toMap(ResourceKind::word, kind -> kind));
        String word = node.oneOf(words.keySet().stream().sorted().toList());
        return ResourceKind.of(word).orElseThrow();
    }
}
