package io.plimsoll.simulations.learn;

import io.plimsoll.results.document.DocumentException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what access logs show. Holds every different path, and so refuses more than {@link #MOST_PATHS}. */
final class Observed {
    static final int MOST_PATHS = 2_000_000;

    private final Map<Asked, Tally> tallies = new HashMap<>();
    private final SortedMap<Instant, Long> hours = new TreeMap<>();
    private long withQuery;

    private record Asked(String method, String path) {}

    /** What became of the requests for one thing. */
    static final class Tally {
        private long requests;
        private long bytes;
        private final SortedMap<Integer, Long> statuses = new TreeMap<>();

        private void add(AccessLogEntry entry) {
            requests++;
            bytes += entry.receivedBytes();
            statuses.merge(entry.status(), 1L, Long::sum);
        }

        private void add(Tally other) {
            requests += other.requests;
            bytes += other.bytes;
            other.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
        }

        long requests() {
            return requests;
        }

        /** Mean size of a request, with its headers. */
        long meanBytes() {
            return bytes / requests;
        }

        SortedMap<Integer, Long> statuses() {
            return statuses;
        }
    }

    /**
     * The requests of one method whose paths differ in keys only.
     *
     * @param method in capitals
     * @param template segments of the path, {@link PathTrie#VARIES} for a key
     * @param tally what became of them
     * @param paths how often each path was asked for
     */
    record Endpoint(String method, List<String> template, Tally tally, SortedMap<String, Long> paths) {
        /** How a person reads it: {@code GET /items/*}. */
        String text() {
            return method + " /" + String.join("/", template);
        }
    }

    void add(AccessLogEntry entry) {
        withQuery += entry.hasQuery() ? 1 : 0;
        hours.merge(entry.at().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
        tallies.computeIfAbsent(new Asked(entry.method(), entry.path()), unused -> new Tally())
                .add(entry);
        if (tallies.size() > MOST_PATHS) {
            throw new DocumentException("the logs hold more than " + MOST_PATHS
                    + " different paths; give fewer files, for instance those of the busiest hours");
        }
    }

    /** Requests in each hour in which there was one. */
    SortedMap<Instant, Long> hours() {
        return hours;
    }

    long withQuery() {
        return withQuery;
    }

    long requests() {
        return tallies.values().stream().mapToLong(Tally::requests).sum();
    }

    /** Requests that only read, by their method. */
    long reads() {
        return tallies.entrySet().stream()
                .filter(entry -> List.of("GET", "HEAD", "OPTIONS")
                        .contains(entry.getKey().method()))
                .mapToLong(entry -> entry.getValue().requests())
                .sum();
    }

    /** All endpoints, the most asked first. */
    List<Endpoint> endpoints() {
        PathTrie trie = new PathTrie();
        tallies.keySet().stream().map(Asked::path).sorted().forEach(trie::add);
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        tallies.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(entry -> {
                    String method = entry.getKey().method();
                    List<String> template = trie.template(entry.getKey().path());
                    Endpoint endpoint = endpoints.computeIfAbsent(
                            method + " " + String.join("/", template),
                            unused -> new Endpoint(method, template, new Tally(), new TreeMap<>()));
                    endpoint.tally().add(entry.getValue());
                    endpoint.paths().put(entry.getKey().path(), entry.getValue().requests());
                });
        List<Endpoint> sorted = new ArrayList<>(endpoints.values());
        sorted.sort(Comparator.comparingLong(
                        (Endpoint endpoint) -> -endpoint.tally().requests())
                .thenComparing(Endpoint::text));
        return sorted;
    }
}
