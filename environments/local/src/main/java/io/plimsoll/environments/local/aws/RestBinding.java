package io.plimsoll.environments.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Method and path by which a REST operation is called, such as {@code GET /{Bucket}?encryption}: {@code {Name}} takes a
 * segment of the path, {@code {Name+}} the rest of it, and a query parameter must be there, with the value if one is
 * given.
 *
 * @param method HTTP method
 * @param segments of the path
 * @param query parameters that must be there
 */
record RestBinding(String method, List<String> segments, Map<String, String> query) {
    static RestBinding parse(String text) {
        int space = text.indexOf(' ');
        String target = text.substring(space + 1);
        int mark = target.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String parameter : target.substring(mark + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                query.put(
                        equals < 0 ? parameter : parameter.substring(0, equals),
                        equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        return new RestBinding(
                text.substring(0, space), segments(mark < 0 ? target : target.substring(0, mark)), query);
    }

    private static List<String> segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        trimmed = trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    }

    /**
     * Variables of the path by their names, if a request is one of this operation.
     *
     * @param rawPath not yet decoded
     * @param parameters the request's query, each with its first value
     */
    Optional<Map<String, String>> match(String requestMethod, String rawPath, Map<String, String> parameters) {
        boolean called = method.equals(requestMethod)
                && query.entrySet().stream()
                        .allMatch(each -> parameters.containsKey(each.getKey())
                                && (each.getValue().isEmpty()
                                        || each.getValue().equals(parameters.get(each.getKey()))));
        return called ? variables(segments(rawPath)) : Optional.empty();
    }

    private Optional<Map<String, String>> variables(List<String> path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.endsWith("+}") && i < path.size()) {
                variables.put(
                        segment.substring(1, segment.length() - 2),
                        decode(String.join("/", path.subList(i, path.size()))));
                return Optional.of(variables);
            }
            if (i >= path.size() || (!segment.startsWith("{") && !segment.equals(path.get(i)))) {
                return Optional.empty();
            }
            if (segment.startsWith("{")) {
                variables.put(segment.substring(1, segment.length() - 1), decode(path.get(i)));
            }
        }
        return path.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw AwsFault.badRequest("InvalidURI", "Could not parse '" + text + "' of the path");
        }
    }
}
