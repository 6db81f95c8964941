package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Section {@code find} of a descriptor. */
final class FindSection {
    /** Keys that list identifiers of one kind. */
    static final Map<String, ResourceKind> LISTS = lists();

    private static final List<String> SINGLE =
            List.of("load-balancer", "instance", "database", "cache", "tags", "cloudformation-stack", "ignore");

    private static final String CORRECT = "correct";
    private static final String ELSEWHERE = "elsewhere";
    /** Keys that name nothing to begin from. */
    private static final Set<String> NAMELESS = Set.of("ignore", CORRECT, ELSEWHERE);

    private FindSection() {}

    static List<String> keys() {
        List<String> keys = new ArrayList<>(SINGLE);
        keys.addAll(LISTS.keySet());
        keys.add(CORRECT);
        keys.add(ELSEWHERE);
        return List.copyOf(keys);
    }

    /** Keys of an entry of {@code elsewhere}. */
    static List<String> keysElsewhere() {
        return keys().stream()
                .filter(key -> !key.equals(CORRECT) && !key.equals(ELSEWHERE))
                .toList();
    }

    static Landmarks read(Node find) {
        find.allowOnly(keys().toArray(String[]::new));
        return read(find, CorrectSection.read(find.optional(CORRECT)), elsewhere(find.optional(ELSEWHERE)));
    }

    private static SortedMap<String, Landmarks> elsewhere(Optional<Node> section) {
        SortedMap<String, Landmarks> regions = new TreeMap<>();
        section.ifPresent(node -> node.mapping().forEach((region, find) -> {
            if (!region.matches(EnvironmentFile.REGION)) {
                throw find.error("must be named by an AWS region such as 'eu-west-1'");
            }
            find.allowOnly(keysElsewhere().toArray(String[]::new));
            regions.put(region, read(find, new TreeMap<>(), new TreeMap<>()));
        }));
        return regions;
    }

    private static Landmarks read(
            Node find, SortedMap<String, Correction> corrections, SortedMap<String, Landmarks> elsewhere) {
        if (find.keys().stream().allMatch(NAMELESS::contains)) {
            throw find.error("must name a load-balancer, an instance, a database, a cache or tags");
        }
        Map<ResourceKind, List<String>> named = new EnumMap<>(ResourceKind.class);
        LISTS.forEach((key, kind) -> find.optional(key).ifPresent(node -> named.put(kind, texts(node))));
        find.optional("instance")
                .ifPresent(node -> named.merge(ResourceKind.INSTANCE, List.of(node.text()), FindSection::joined));
        return new Landmarks(
                find.optional("load-balancer").map(Node::text),
                find.optional("database").map(Node::text),
                find.optional("cache").map(Node::text),
                tags(find),
                named,
                find.optional("ignore")
                        .<Set<String>>map(node -> new LinkedHashSet<>(texts(node)))
                        .orElse(Set.of()),
                corrections,
                elsewhere);
    }

    private static SortedMap<String, String> tags(Node find) {
        SortedMap<String, String> tags = new TreeMap<>();
        Optional<Node> section = find.optional("tags");
        section.ifPresent(node -> node.mapping().forEach((key, value) -> tags.put(key, value.text())));
        find.optional("cloudformation-stack").ifPresent(node -> tags.put(Landmarks.STACK_TAG, node.text()));
        return tags;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private static List<String> texts(Node node) {
        List<String> texts = node.items().stream().map(Node::text).toList();
        if (texts.isEmpty()) {
            throw node.error("must not be empty");
        }
        return texts;
    }

    private static Map<String, ResourceKind> lists() {
        Map<String, ResourceKind> lists = new LinkedHashMap<>();
        lists.put("load-balancers", ResourceKind.LOAD_BALANCER);
        lists.put("instances", ResourceKind.INSTANCE);
        lists.put("shards", ResourceKind.SHARD);
        lists.put("distributions", ResourceKind.DISTRIBUTION);
        lists.put("buckets", ResourceKind.BUCKET);
        lists.put("queues", ResourceKind.QUEUE);
        lists.put("dead-letter-queues", ResourceKind.DEAD_LETTER_QUEUE);
        lists.put("tables", ResourceKind.TABLE);
        lists.put("functions", ResourceKind.FUNCTION);
        lists.put("warehouses", ResourceKind.WAREHOUSE);
        lists.put("health-checks", ResourceKind.HEALTH_CHECK);
        lists.put("log-groups", ResourceKind.LOG_GROUP);
        return lists;
    }
}
