package io.plimsoll.environments.local.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an instance measured of itself in one period, as it tells the stack in one line of its standard output.
 *
 * @param start start of the period
 * @param cpuRatio share of the period in which its virtual CPU was busy, in [0, 1]
 * @param requests requests answered
 * @param staticRequests of those, static files that were read from its disk
 * @param staticBytes bytes of those files
 * @param errors of those, answered with a status of 500 or more
 * @param poolRatio share of the period in which the connections of its busiest pool were taken, in [0, 1]
 * @param bytesIn bytes its listener received
 * @param bytesOut bytes its listener sent
 * @param heapBytes heap in use at the period's end
 */
public record InstanceReport(
        Instant start,
        double cpuRatio,
        long requests,
        long staticRequests,
        long staticBytes,
        long errors,
        double poolRatio,
        long bytesIn,
        long bytesOut,
        long heapBytes) {
    private static final String WORD = "REPORT";
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final List<String> FIELDS =
            List.of("start", "cpu", "requests", "static", "staticBytes", "errors", "pool", "in", "out", "heap");

    public InstanceReport {
        requireShare("cpu", cpuRatio);
        requireShare("pool", poolRatio);
    }

    private static void requireShare(String what, double ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("instance report: " + what + " ratio must be in [0, 1], was " + ratio);
        }
    }

    /** One line, without its end. */
    public String line() {
        return WORD + " start=" + start.toEpochMilli() + " cpu=" + cpuRatio + " requests=" + requests + " static="
                + staticRequests + " staticBytes=" + staticBytes + " errors="
                + errors + " pool=" + poolRatio + " in=" + bytesIn
                + " out=" + bytesOut + " heap=" + heapBytes;
    }

    /** The report a line holds; empty if it holds none. */
    public static Optional<InstanceReport> parse(String line) {
        List<String> words = List.of(SPACE.split(line, -1));
        if (!words.get(0).equals(WORD) || words.size() != FIELDS.size() + 1) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        List<Double> numbers = new ArrayList<>();
        for (String field : FIELDS) {
            try {
                numbers.add(Double.parseDouble(values.getOrDefault(field, "")));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new InstanceReport(
                Instant.ofEpochMilli(numbers.get(0).longValue()),
                numbers.get(1),
                numbers.get(2).longValue(),
                numbers.get(3).longValue(),
                numbers.get(4).longValue(),
                numbers.get(5).longValue(),
                numbers.get(6),
                numbers.get(7).longValue(),
                numbers.get(8).longValue(),
                numbers.get(9).longValue()));
    }
}
