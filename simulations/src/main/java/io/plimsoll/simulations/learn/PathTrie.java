package io.plimsoll.simulations.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tells the segments of paths that name something from those that say which one: {@code /items/17} and {@code /items/4} are
 * both {@code /items/*}. A segment says which one if it looks like a number, a UUID or a hash, or if more than {@link
 * #MOST_NAMES} different ones stand in its place.
 */
final class PathTrie {
    /** Stands for a segment that varies. */
    static final String VARIES = "*";

    static final int MOST_NAMES = 50;

    private static final Pattern KEY =
            Pattern.compile("\\d+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}"
                    // Opaque ids: long, with letters and digits.
                    + "|(?=[A-Za-z_-]*\\d)(?=[\\d_-]*[A-Za-z])[A-Za-z0-9_-]{20,}");

    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> children = new TreeMap<>();
        private boolean manyNames;

        Node child(String segment) {
            String name = manyNames || KEY.matcher(segment).matches() ? VARIES : segment;
            Node child = children.computeIfAbsent(name, unused -> new Node());
            if (!manyNames && names() > MOST_NAMES) {
                collapse();
                return children.getOrDefault(VARIES, child);
            }
            return child;
        }

        private long names() {
            return children.keySet().stream()
                    .filter(name -> !name.equals(VARIES))
                    .count();
        }

        /** Makes all children one. */
        private void collapse() {
            manyNames = true;
            Node one = new Node();
            children.values().forEach(one::merge);
            children.clear();
            children.put(VARIES, one);
        }

        private void merge(Node other) {
            other.children.forEach((name, child) ->
                    children.computeIfAbsent(name, unused -> new Node()).merge(child));
            if (other.manyNames || names() > MOST_NAMES) {
                collapse();
            }
        }
    }

    /** Learns from a path that was asked for. */
    void add(String path) {
        Node node = root;
        for (String segment : segments(path)) {
            node = node.child(segment);
        }
    }

    /** The segments of a path's template, with {@link #VARIES} for those that vary. */
    List<String> template(String path) {
        List<String> template = new ArrayList<>();
        Node node = root;
        for (String segment : segments(path)) {
            boolean named = !node.manyNames && !KEY.matcher(segment).matches() && node.children.containsKey(segment);
            String name = named ? segment : VARIES;
            template.add(name);
            node = node.children.getOrDefault(name, new Node());
        }
        return template;
    }

    /** What stands between a path's slashes; of {@code /a/} also the empty end. */
    static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
