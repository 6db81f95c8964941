package io.plimsoll.environments.local.descriptor;

import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts a stage has. Every part is described once; a stage extends another, adds parts and removes parts:
 *
 * <pre>{@code
 * parts:
 *   box: {kind: fleet, …}
 * stages:
 *   single-box: {adds: [box]}
 *   object-store: {extends: single-box, adds: [db, web], removes: [box]}
 * }</pre>
 */
final class StageParts {
    private final Map<String, Node> stages;
    private final Map<String, PartSpec> described = new LinkedHashMap<>();

    private StageParts(Node stack, Map<String, PartKind> kinds, Common common) {
        this.stages = stack.required("stages").mapping();
        stack.required("parts").mapping().forEach((name, node) -> {
            String kind =
                    node.required("kind").oneOf(kinds.keySet().stream().sorted().toList());
            PartKind reader = kinds.get(kind);
            if (reader != null) {
                described.put(Values.name(name, node), reader.read(name, node, common));
            }
        });
        stack.required("parts").mapping().forEach((name, node) -> checkUses(node, described.get(name)));
    }

    private void checkUses(Node node, @Nullable PartSpec part) {
        if (part != null) {
            for (String used : part.uses()) {
                if (!described.containsKey(used)) {
                    Node place = node.optional("uses").orElse(node);
                    throw new DocumentException(place.place() + ": " + place.key() + ": "
                            + Suggestion.unknown("part", used, described.keySet()));
                }
            }
        }
    }

    /**
     * Reads the parts, all of them, and selects those of a stage.
     *
     * @param listed stages that the environment says it can be; each must be described
     * @return the stage's parts, each after those it uses
     */
    static List<PartSpec> read(
            Node stack, String stage, List<String> listed, Map<String, PartKind> kinds, Common common) {
        StageParts parts = new StageParts(stack, kinds, common);
        for (String each : listed) {
            if (!parts.stages.containsKey(each)) {
                throw stack.required("stages").error("stage '" + each + "' is listed above and must be described here");
            }
            parts.ordered(parts.names(each, new LinkedHashSet<>()), stack);
        }
        return parts.ordered(parts.names(stage, new LinkedHashSet<>()), stack);
    }

    /** Names of a stage's parts, those of the stages it extends first. */
    private Set<String> names(String stage, Set<String> extending) {
        Node node = Optional.ofNullable(stages.get(stage)).orElseThrow();
        if (!extending.add(stage)) {
            throw node.error("a stage must not extend itself: " + String.join(" -> ", extending) + " -> " + stage);
        }
        node.allowOnly("extends", "adds", "removes");
        Set<String> names = node.optional("extends")
                .map(base -> names(base.oneOf(stages.keySet()), extending))
                .orElseGet(LinkedHashSet::new);
        for (Node removed : items(node, "removes")) {
            names.remove(removed.oneOf(names));
        }
        for (Node added : items(node, "adds")) {
            if (!names.add(added.oneOf(described.keySet()))) {
                throw added.error("the part is there already");
            }
        }
        return names;
    }

    private static Collection<Node> items(Node node, String key) {
        return node.optional(key).map(Node::items).orElse(List.of());
    }

    private List<PartSpec> ordered(Set<String> names, Node stack) {
        List<PartSpec> ordered = new ArrayList<>();
        for (String name : names) {
            place(name, names, new LinkedHashSet<>(), ordered, stack);
        }
        return ordered;
    }

    private void place(String name, Set<String> names, Set<String> path, List<PartSpec> ordered, Node stack) {
        PartSpec part = Optional.ofNullable(described.get(name)).orElseThrow();
        if (ordered.contains(part)) {
            return;
        }
        if (!path.add(name)) {
            throw stack.required("parts")
                    .error("parts must not use each other: " + String.join(" -> ", path) + " -> " + name);
        }
        for (String used : part.uses()) {
            if (names.contains(used)) {
                place(used, names, path, ordered, stack);
            }
        }
        path.remove(name);
        ordered.add(part);
    }
}
