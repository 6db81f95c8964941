package io.plimsoll.simulations.learn;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request of an access log. The format is that of the <a
 * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html">Elastic Load
 * Balancing documentation</a>: fields separated by spaces, those with spaces in quotes; fields may be added at the end.
 *
 * @param at when the load balancer answered
 * @param method HTTP method, in capitals
 * @param path without query, beginning with a slash
 * @param hasQuery whether there was a query, which is not kept: it may hold anything
 * @param status HTTP status of the load balancer's answer
 * @param receivedBytes size of the request with its headers, &gt;= 0
 */
record AccessLogEntry(Instant at, String method, String path, boolean hasQuery, int status, long receivedBytes) {
    private static final int TIME = 1;
    private static final int STATUS = 8;
    private static final int RECEIVED = 10;
    private static final int REQUEST = 12;

    /** Reads a line; empty if it is none of a well-formed HTTP request, such as one the load balancer could not read. */
    static Optional<AccessLogEntry> parse(String line) {
        List<String> fields = fields(line);
        if (fields.size() <= REQUEST) {
            return Optional.empty();
        }
        String[] request = fields.get(REQUEST).split(" ", -1);
        if (request.length != 3 || !request[0].matches("[A-Za-z]+")) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(request[1]);
            String path = address.getRawPath();
            return Optional.of(new AccessLogEntry(
                    Instant.parse(fields.get(TIME)),
                    request[0].toUpperCase(Locale.ROOT),
                    path == null || path.isEmpty() ? "/" : path,
                    address.getRawQuery() != null,
                    Integer.parseInt(fields.get(STATUS)),
                    Math.max(0, Long.parseLong(fields.get(RECEIVED)))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            boolean quoted = line.charAt(at) == '"';
            int end = line.indexOf(quoted ? '"' : ' ', at + 1);
            end = end < 0 ? line.length() : end;
            fields.add(line.substring(quoted ? at + 1 : at, end));
            at = quoted ? end + 2 : end + 1;
        }
        return fields;
    }
}
