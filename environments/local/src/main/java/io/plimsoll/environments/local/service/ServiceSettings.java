package io.plimsoll.environments.local.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an instance is told by the stack, through its standard input as it holds passwords: lines of {@code key=value} up
 * to an empty one.
 *
 * @param vcpus virtual CPUs of its instance type
 * @param readCost virtual CPU time of a read
 * @param writeCost virtual CPU time of a write
 * @param queueLimit longest wait for the virtual CPU
 * @param primaryPort port of the primary
 * @param replicaPorts ports of the replicas, at least one
 * @param databasePassword password of the database account {@code service}
 * @param cachePort port of Redis
 * @param cachePassword password of Redis
 * @param cacheTtl how long an item stays in the cache
 */
public record ServiceSettings(
        double vcpus,
        Duration readCost,
        Duration writeCost,
        Duration queueLimit,
        int primaryPort,
        List<Integer> replicaPorts,
        String databasePassword,
        int cachePort,
        String cachePassword,
        Duration cacheTtl) {
    public ServiceSettings {
        replicaPorts = List.copyOf(replicaPorts);
        if (replicaPorts.isEmpty()) {
            throw new IllegalArgumentException("service settings: at least one replica is needed to read from");
        }
    }

    /** Settings as they are sent. */
    public static String text(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.append('\n').toString();
    }

    /** Reads what {@link #text} wrote and nothing beyond it. */
    static ServiceSettings read(BufferedReader input) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new ServiceSettings(
                Double.parseDouble(value(values, "vcpus")),
                Duration.parse(value(values, "read-cost")),
                Duration.parse(value(values, "write-cost")),
                Duration.parse(value(values, "queue-limit")),
                Integer.parseInt(value(values, "primary-port")),
                Stream.of(value(values, "replica-ports").split(",", -1))
                        .map(Integer::valueOf)
                        .toList(),
                value(values, "database-password"),
                Integer.parseInt(value(values, "cache-port")),
                value(values, "cache-password"),
                Duration.parse(value(values, "cache-ttl")));
    }

    private static String value(Map<String, String> values, String key) throws IOException {
        String value = values.get(key);
        if (value == null) {
            throw new IOException("service settings: " + key + " is missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "ServiceSettings[…]";
    }
}
