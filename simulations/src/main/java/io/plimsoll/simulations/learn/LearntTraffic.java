package io.plimsoll.simulations.learn;

import io.plimsoll.simulations.learn.Observed.Endpoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a traffic mix and a load profile as learnt.
 *
 * <p>The keys of a request are those that were asked for, in a CSV file of at most {@link #MOST_ROWS} rows, a key in as
 * many rows as befits its share: drawn at random they have the popularity that they had, whatever its law.
 */
public final class LearntTraffic {
    static final int MOST_ROWS = 10_000;

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> WITH_BODY = List.of("POST", "PUT", "PATCH");
    private static final long LARGEST_BODY = 16 << 20;
    private static final int WEIGHTS = 100_000;

    private final String name;
    private final Observed observed;
    private final List<LearntRequest> requests = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /**
     * What to write of what was observed.
     *
     * @param name of the mix and the profile
     * @param most how many requests the mix has at most
     */
    LearntTraffic(String name, Observed observed, int most) {
        this.name = name;
        this.observed = observed;
        Set<String> taken = new HashSet<>();
        for (Endpoint endpoint : observed.endpoints()) {
            String wanted = LearntRequest.name(endpoint);
            String free = taken.contains(wanted) ? wanted + "-" + (taken.size() + 1) : wanted;
            LearntRequest request = LearntRequest.of(endpoint, free);
            Optional<String> why = refusal(request, most);
            if (why.isPresent()) {
                leftOut.add(endpoint.text() + ": " + endpoint.tally().requests() + " requests, " + why.get());
            } else {
                taken.add(free);
                requests.add(request);
            }
        }
    }

    private Optional<String> refusal(LearntRequest request, int most) {
        if (!METHODS.contains(request.endpoint().method())) {
            return Optional.of("a mix has no such method");
        }
        if (request.statuses().isEmpty()) {
            return Optional.of("none was answered with a status below 400");
        }
        return requests.size() >= most ? Optional.of("not among the " + most + " most frequent") : Optional.empty();
    }

    List<LearntRequest> requests() {
        return requests;
    }

    /** What the mix does not have of what was observed, and why; the most frequent first. */
    List<String> leftOut() {
        return leftOut;
    }

    /** The mix: {@code <name>.yaml} and its CSV files, by file name. */
    SortedMap<String, String> mix() {
        SortedMap<String, String> files = new TreeMap<>();
        StringBuilder values = new StringBuilder();
        StringBuilder lines = new StringBuilder();
        for (LearntRequest request : requests) {
            if (!request.columns().isEmpty()) {
                String csv = name + "-" + request.name() + ".csv";
                files.put(csv, rows(request));
                values.append("  ")
                        .append(request.name())
                        .append(": {csv: ")
                        .append(csv)
                        .append(", order: random}\n");
            }
            lines.append(line(request));
        }
        files.put(
                name + ".yaml",
                "# Learnt from " + observed.requests() + " requests of a load balancer's access logs, "
                        + observed.hours().firstKey() + " to "
                        + observed.hours().lastKey() + " (hours).\n"
                        + "# Bodies, headers and queries are not in such logs: bodies are of the mean size (with the"
                        + " headers'), the rest is yours to add.\n"
                        + "traffic: " + name + "\n"
                        + "says: " + ratio() + "\n"
                        + "seed: 1\n"
                        + (values.isEmpty() ? "" : "values:\n" + values)
                        + "requests:\n" + lines);
        return files;
    }

    private String line(LearntRequest request) {
        long most = requests.get(0).endpoint().tally().requests();
        long weight = Math.max(
                1, Math.round((double) WEIGHTS * request.endpoint().tally().requests() / most));
        String method = request.endpoint().method();
        StringBuilder statuses = new StringBuilder();
        request.statuses()
                .forEach(status ->
                        statuses.append(statuses.isEmpty() ? "" : " or ").append(status));
        return "  - {name: " + request.name() + ", weight: " + weight + ", " + method.toLowerCase(Locale.ROOT) + ": '"
                + request.path().replace("'", "''") + "', "
                + (WITH_BODY.contains(method) ? "body-size: " + size(request) + ", " : "")
                + "expect: " + statuses + "}\n";
    }

    private static String size(LearntRequest request) {
        long bytes = Math.max(1, Math.min(request.endpoint().tally().meanBytes(), LARGEST_BODY));
        return bytes < 1 << 20 ? bytes + " B" : (bytes >> 10) + " KiB";
    }

    /** Reads and writes, as a sentence. */
    String ratio() {
        long writes = observed.requests() - observed.reads();
        return writes == 0
                ? "reads only"
                : String.format(Locale.ROOT, "%.3g reads to a write", (double) observed.reads() / writes);
    }

    private static String rows(LearntRequest request) {
        StringBuilder csv = new StringBuilder(String.join(",", request.columns())).append('\n');
        Map<String, Long> paths = request.endpoint().paths();
        long all = request.endpoint().tally().requests();
        long rows = Math.min(all, MOST_ROWS);
        long seen = 0;
        for (Map.Entry<String, Long> path : paths.entrySet()) {
            long from = Math.round((double) seen * rows / all);
            seen += path.getValue();
            long to = Math.round((double) seen * rows / all);
            String row = String.join(
                    ",",
                    request.keys(path.getKey()).stream()
                            .map(LearntTraffic::field)
                            .toList());
            for (long i = from; i < to; i++) {
                csv.append(row).append('\n');
            }
        }
        return csv.toString();
    }

    private static String field(String value) {
        return value.matches("[^\",\\r\\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }

    /**
     * The profile: the mean of each hour of the day (UTC) that was observed, as a share of the busiest; empty if there are
     * fewer than two.
     */
    Optional<String> profile() {
        SortedMap<Integer, List<Long>> byHour = new TreeMap<>();
        for (Map.Entry<Instant, Long> hour : observed.hours().entrySet()) {
            byHour.computeIfAbsent(hour.getKey().atZone(ZoneOffset.UTC).getHour(), unused -> new ArrayList<>())
                    .add(hour.getValue());
        }
        if (byHour.size() < 2) {
            return Optional.empty();
        }
        SortedMap<Integer, Double> means = new TreeMap<>();
        byHour.forEach((hour, counts) -> means.put(
                hour, counts.stream().mapToLong(Long::longValue).average().orElseThrow()));
        double busiest =
                means.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        StringBuilder phases = new StringBuilder();
        means.forEach((hour, mean) -> phases.append(String.format(
                Locale.ROOT,
                "  - {name: hour-%02d, duration: 1 min, rate: %.1f %% of peak}%n",
                hour,
                100 * mean / busiest)));
        String first = String.format(
                Locale.ROOT, "%.1f", 100 * means.values().iterator().next() / busiest);
        return Optional.of(
                "# Learnt from access logs: the mean of each hour of the day (UTC) that they hold, as a share of the"
                        + " busiest hour's.\n"
                        + "# The first and the last hour of the logs may be cut, and so too low. An hour takes a minute.\n"
                        + "profile: " + name + "\n"
                        + "says: the day that the access logs show, an hour a minute\n"
                        + "phases:\n"
                        + "  - {name: warm-up, duration: 1 min, rate: " + first + " % of peak}\n" + phases);
    }
}
