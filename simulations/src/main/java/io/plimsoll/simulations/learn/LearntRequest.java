package io.plimsoll.simulations.learn;

import io.plimsoll.simulations.learn.Observed.Endpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request of the mix to be written.
 *
 * @param name how SLOs will name it
 * @param endpoint what it is learnt from
 * @param columns names of the keys in its path, in order
 * @param statuses that were right: below 400, each at least 1 % of those
 */
record LearntRequest(String name, Endpoint endpoint, List<String> columns, List<Integer> statuses) {
    private static final double RARE = 0.01;

    static LearntRequest of(Endpoint endpoint, String name) {
        return new LearntRequest(name, endpoint, columns(endpoint.template()), statuses(endpoint));
    }

    /** Its name if nothing else has it: {@code get-items-key}. */
    static String name(Endpoint endpoint) {
        String path = endpoint.template().stream()
                .map(segment -> segment.equals(PathTrie.VARIES) ? "key" : word(segment))
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("-"));
        return (endpoint.method().toLowerCase(Locale.ROOT) + "-" + (path.isEmpty() ? "root" : path));
    }

    private static String word(String segment) {
        return segment.replaceAll("%[0-9A-Fa-f]{2}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    /** A key is called after the segment before it, with a number where that is taken. */
    private static List<String> columns(List<String> template) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < template.size(); i++) {
            if (template.get(i).equals(PathTrie.VARIES)) {
                String before = i == 0 || template.get(i - 1).equals(PathTrie.VARIES) ? "" : word(template.get(i - 1));
                String name = before.matches("[a-z][a-z0-9-]*") ? before : "key";
                columns.add(columns.contains(name) ? name + (columns.size() + 1) : name);
            }
        }
        return columns;
    }

    private static List<Integer> statuses(Endpoint endpoint) {
        Map<Integer, Long> right = endpoint.tally().statuses().headMap(400);
        double all = right.values().stream().mapToLong(Long::longValue).sum();
        return right.entrySet().stream()
                .filter(entry -> entry.getKey() >= 200 && entry.getValue() >= RARE * all)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The path as a mix has it. */
    String path() {
        StringBuilder path = new StringBuilder();
        int key = 0;
        for (String segment : endpoint.template()) {
            path.append('/')
                    .append(
                            segment.equals(PathTrie.VARIES)
                                    ? "{" + name + "." + columns.get(key++) + "}"
                                    : segment.replace("{", "{{").replace("}", "}}"));
        }
        return path.toString();
    }

    /** The keys of a path that was asked for, in the order of the columns. */
    List<String> keys(String path) {
        List<String> keys = new ArrayList<>();
        List<String> segments = PathTrie.segments(path);
        for (int i = 0; i < segments.size(); i++) {
            if (endpoint.template().get(i).equals(PathTrie.VARIES)) {
                // A load generator encodes the value again; a plus sign in a path is a plus sign.
                keys.add(URLDecoder.decode(segments.get(i).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return keys;
    }
}
