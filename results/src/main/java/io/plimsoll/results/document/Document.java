package io.plimsoll.results.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file, read strictly. Every method throws {@link DocumentException} with file, line, key, rule and value. */
public final class Document {
    private Document() {}

    /** Reads a file in UTF-8. */
    public static Node read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new DocumentException(file + ": no such file");
        } catch (IOException e) {
            throw new DocumentException(file + ": cannot be read: " + e);
        }
    }

    /**
     * Parses text.
     *
     * @param source what errors call the text, usually its file
     */
    public static Node parse(String source, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        org.yaml.snakeyaml.nodes.@Nullable Node root;
        try {
            root = new Yaml(options).compose(new java.io.StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new DocumentException(source + ":" + line + ": not valid YAML: " + e.getProblem());
        }
        if (root == null) {
            throw new DocumentException(source + ": must not be empty");
        }
        return new Node(source, "", root, Map.of());
    }

    /** One value of a document, with its place. */
    public static final class Node {
        private final String source;
        private final String key;
        private final org.yaml.snakeyaml.nodes.Node node;
        private final Map<org.yaml.snakeyaml.nodes.Node, String> replaced;

        private Node(
                String source,
                String key,
                org.yaml.snakeyaml.nodes.Node node,
                Map<org.yaml.snakeyaml.nodes.Node, String> replaced) {
            this.source = source;
            this.key = key;
            this.node = node;
            this.replaced = replaced;
        }

        /** Where this value stands: {@code file:line}, or what replaced it. */
        public String place() {
            String other = replaced.get(node);
            return other == null ? source + ":" + line() : other;
        }

        /**
         * This document with the value of one key replaced or added; every other key is as it was.
         *
         * @param path dotted path of the key below this mapping; all but its last part must be there
         * @param value the new value, written as in the file
         * @param place what errors about the new value give as its place, such as {@code --set a.b=1}
         */
        public Node with(String path, String value, String place) {
            Map<org.yaml.snakeyaml.nodes.Node, String> places = new HashMap<>(replaced);
            org.yaml.snakeyaml.nodes.Node fresh = parse(place, value).node;
            places.put(fresh, place);
            if (fresh instanceof SequenceNode list) {
                list.getValue().forEach(item -> places.put(item, place));
            }
            return new Node(source, key, replace(List.of(path.split("\\.", -1)), fresh, place), places);
        }

        private org.yaml.snakeyaml.nodes.Node replace(
                List<String> path, org.yaml.snakeyaml.nodes.Node fresh, String place) {
            Set<String> keys = keys();
            String name = path.get(0);
            List<String> rest = path.subList(1, path.size());
            org.yaml.snakeyaml.nodes.Node value = fresh;
            if (!rest.isEmpty()) {
                value = optional(name)
                        .orElseThrow(() -> new DocumentException(place + ": "
                                + Suggestion.unknown(
                                        "key",
                                        path(name),
                                        keys.stream().map(this::path).toList())))
                        .replace(rest, fresh, place);
            }
            List<NodeTuple> tuples = new ArrayList<>();
            boolean found = false;
            for (NodeTuple tuple : ((MappingNode) node).getValue()) {
                boolean same = ((ScalarNode) tuple.getKeyNode()).getValue().equals(name);
                found |= same;
                tuples.add(same ? new NodeTuple(tuple.getKeyNode(), value) : tuple);
            }
            if (!found) {
                tuples.add(new NodeTuple(parse(place, "'" + name.replace("'", "''") + "'").node, value));
            }
            return new MappingNode(
                    node.getTag(), true, tuples, node.getStartMark(), node.getEndMark(), DumperOptions.FlowStyle.AUTO);
        }

        private String path(String name) {
            return key.isEmpty() ? name : key + "." + name;
        }

        /** Line of this value, from 1. */
        public int line() {
            return node.getStartMark().getLine() + 1;
        }

        /** Column of this value, from 1; for a quoted scalar that of the quote. */
        public int column() {
            return node.getStartMark().getColumn() + 1;
        }

        /** Path of keys to this value, dotted; empty for the root. */
        public String key() {
            return key;
        }

        /** An error about this value: {@code file:line: key: rule, was 'value'}. */
        public DocumentException error(String rule) {
            String value = node instanceof ScalarNode scalar ? ", was '" + scalar.getValue() + "'" : "";
            return new DocumentException(place() + ": " + (key.isEmpty() ? "" : key + ": ") + rule + value);
        }

        /** Keys of this mapping, in file order. */
        public Set<String> keys() {
            return new LinkedHashSet<>(mapping().keySet());
        }

        /** Refuses any other key, with a suggestion. */
        public void allowOnly(String... allowed) {
            for (Map.Entry<String, Node> entry : mapping().entrySet()) {
                if (!List.of(allowed).contains(entry.getKey())) {
                    Node value = entry.getValue();
                    throw new DocumentException(value.place() + ": "
                            + Suggestion.unknown(
                                    "key",
                                    value.key,
                                    List.of(allowed).stream()
                                            .map(name -> key.isEmpty() ? name : key + "." + name)
                                            .toList()));
                }
            }
        }

        /** The value of a key that must be there. */
        public Node required(String name) {
            return optional(name)
                    .orElseThrow(() -> new DocumentException(
                            place() + ": " + (key.isEmpty() ? "" : key + ": ") + "key '" + name + "' is required"));
        }

        /** The value of a key, if it is there. */
        public Optional<Node> optional(String name) {
            return Optional.ofNullable(mapping().get(name));
        }

        /** The entries of this mapping, in file order. */
        public Map<String, Node> mapping() {
            if (!(node instanceof MappingNode map)) {
                throw error("must be a mapping of keys to values");
            }
            Map<String, Node> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : map.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                    throw error("keys must be plain text");
                }
                entries.put(name.getValue(), new Node(source, path(name.getValue()), tuple.getValueNode(), replaced));
            }
            return entries;
        }

        /** The items of this list, in file order. */
        public List<Node> items() {
            if (!(node instanceof SequenceNode sequence)) {
                throw error("must be a list");
            }
            List<Node> items = new ArrayList<>();
            for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
                items.add(new Node(source, key + "[" + items.size() + "]", item, replaced));
            }
            return items;
        }

        /** This value as text, never blank. */
        public String text() {
            if (!(node instanceof ScalarNode scalar)) {
                throw error("must be a single value");
            }
            if (scalar.getValue().isBlank()) {
                throw error("must not be blank");
            }
            return scalar.getValue();
        }

        /** This value as one of a few words. */
        public String oneOf(java.util.Collection<String> valid) {
            String word = text();
            if (!valid.contains(word)) {
                throw new DocumentException(place() + ": " + key + ": " + Suggestion.unknown("value", word, valid));
            }
            return word;
        }

        /** This value as a duration, such as {@code 30 s}. */
        public Duration duration() {
            return Durations.parse(text())
                    .orElseThrow(() -> error("must be a duration such as '500 ms', '30 s' or '7 min'"));
        }

        /** This value as a finite number within [least, most]. */
        public double number(double least, double most) {
            double value;
            try {
                value = Double.parseDouble(text());
            } catch (NumberFormatException e) {
                throw error("must be a number");
            }
            if (!(value >= least && value <= most)) {
                throw error("must be in [" + plain(least) + ", " + plain(most) + "]");
            }
            return value;
        }

        /** This value as a whole number within [least, most]. */
        public int integer(int least, int most) {
            double value = number(least, most);
            if (value != Math.rint(value)) {
                throw error("must be a whole number");
            }
            return (int) value;
        }

        /** This value as true or false. */
        public boolean flag() {
            return oneOf(List.of("true", "false")).equals("true");
        }

        private static String plain(double number) {
            return new java.math.BigDecimal(number).stripTrailingZeros().toPlainString();
        }
    }
}
