package io.plimsoll.results.document;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file, read strictly. Every method throws {@link DocumentException} with file, line, key, rule and value. */
public final class Document {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

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
        org.yaml.snakeyaml.nodes.@Nullable Node root;
        try {
            root = new Yaml(options).compose(new java.io.StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new DocumentException(source + ":" + line + ": not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new DocumentException(source + ": not valid YAML: " + problem);
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
            return new Node(source, key, replace(path, fresh, place, places), places);
        }

        private org.yaml.snakeyaml.nodes.Node replace(
                String path,
                org.yaml.snakeyaml.nodes.Node fresh,
                String place,
                Map<org.yaml.snakeyaml.nodes.Node, String> places) {
            String name = firstKey(path);
            String rest = path.substring(Math.min(path.length(), name.length() + 1));
            org.yaml.snakeyaml.nodes.Node value = rest.isEmpty()
                    ? fresh
                    : optional(name).orElseThrow(() -> unknown(name, place)).replace(rest, fresh, place, places);
            List<NodeTuple> tuples = new ArrayList<>();
            for (NodeTuple tuple : tuples()) {
                boolean same = name(tuple).text().equals(name);
                tuples.add(same ? new NodeTuple(tuple.getKeyNode(), value) : tuple);
            }
            if (!keys().contains(name)) {
                org.yaml.snakeyaml.nodes.Node added = parse(place, "'" + name.replace("'", "''") + "'").node;
                places.put(added, place);
                tuples.add(new NodeTuple(added, value));
            }
            return new MappingNode(
                    node.getTag(), true, tuples, node.getStartMark(), node.getEndMark(), DumperOptions.FlowStyle.AUTO);
        }

        /** The longest key of this mapping that a dotted path begins with, as keys may hold dots; else up to the first. */
        private String firstKey(String path) {
            return keys().stream()
                    .filter(key -> path.equals(key) || path.startsWith(key + "."))
                    .max(Comparator.comparing(String::length))
                    .orElseGet(() -> path.split("\\.", 2)[0]);
        }

        private DocumentException unknown(String name, String place) {
            return new DocumentException(place + ": "
                    + Suggestion.unknown(
                            "key", path(name), keys().stream().map(this::path).toList()));
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
            for (NodeTuple tuple : tuples()) {
                Node name = name(tuple);
                if (!List.of(allowed).contains(name.text())) {
                    throw new DocumentException(name.place() + ": "
                            + Suggestion.unknown(
                                    "key",
                                    path(name.text()),
                                    List.of(allowed).stream().map(this::path).toList()));
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

        /** Whether this is a mapping of keys to values. */
        public boolean isMapping() {
            return node instanceof MappingNode;
        }

        /** The entries of this mapping, in file order. */
        public Map<String, Node> mapping() {
            Map<String, Node> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : tuples()) {
                Node name = name(tuple);
                Node value = new Node(source, path(name.text()), tuple.getValueNode(), replaced);
                if (entries.put(name.text(), value) != null) {
                    throw new DocumentException(name.place() + ": " + value.key + ": key must be given once");
                }
            }
            return entries;
        }

        private List<NodeTuple> tuples() {
            if (!(node instanceof MappingNode map)) {
                throw error("must be a mapping of keys to values");
            }
            return map.getValue();
        }

        /** The key of an entry, as a value with a place of its own. */
        private Node name(NodeTuple tuple) {
            if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                throw error("keys must be plain text");
            }
            return new Node(source, key, tuple.getKeyNode(), replaced);
        }

        private String path(String name) {
            return key.isEmpty() ? name : key + "." + name;
        }

        /** Whether this is a list. */
        public boolean isList() {
            return node instanceof SequenceNode;
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
            if (!NUMBER.matcher(text()).matches()) {
                throw error("must be a number");
            }
            double value = Double.parseDouble(text());
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
            return Math.abs(number) < 1e15
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : Double.toString(number);
        }
    }
}
