package io.plimsoll.environments.local.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an instance is {@linkplain io.plimsoll.environments.local.process.Told told} by the stack. The fleet gives role, port and costs, and each part that the service uses gives its own:
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code role}</td><td>a {@link Role}</td></tr>
 * <tr><td>{@code port}</td><td>port to listen on; 0 for a free one</td></tr>
 * <tr><td>{@code vcpus}</td><td>virtual CPUs of its instance type</td></tr>
 * <tr><td>{@code proxy-cost}, {@code read-cost}, {@code write-cost}, {@code session-cost}, {@code static-cost},
 *     {@code redirect-cost}, {@code photo-cost}, {@code thumbnail-cost}</td><td>virtual CPU time of a request</td></tr>
 * <tr><td>{@code queue-limit}</td><td>longest wait for the virtual CPU</td></tr>
 * <tr><td>{@code connections}</td><td>to each database that items are read from or written to, at most; 4 if it is not there</td></tr>
 * <tr><td>{@code primary-port}, {@code database-password}</td><td>the database that takes writes</td></tr>
 * <tr><td>{@code tls-key-store}, {@code tls-port}</td><td>what TLS is spoken with, and where; neither, if it is not</td></tr>
 * <tr><td>{@code replica-ports}</td><td>those that are read; the primary's if there are none</td></tr>
 * <tr><td>{@code database-ports}</td><td>every database by its id, {@code id=port,…}</td></tr>
 * <tr><td>{@code shard-ports}, {@code shard-password}</td><td>primaries that share the items, {@code id=port,…}</td></tr>
 * <tr><td>{@code cache-port}, {@code cache-password}, {@code cache-ttl}</td><td>Redis</td></tr>
 * <tr><td>{@code object-store-url}, {@code object-store-bucket}, {@code object-store-key-id},
 *     {@code object-store-secret-key}</td><td>where photos are</td></tr>
 * <tr><td>{@code queue-url}, {@code queue-region}</td><td>the queue of jobs to make thumbnails</td></tr>
 * <tr><td>{@code table-endpoint}, {@code table-name}, {@code table-region}</td><td>the table of values by key</td></tr>
 * <tr><td>{@code upstream-url}</td><td>where a web server passes requests on to</td></tr>
 * <tr><td>{@code static-files}</td><td>directory of the static files it serves itself</td></tr>
 * <tr><td>{@code static-url}</td><td>where it redirects to for static files otherwise</td></tr>
 * </table>
 *
 * @param values by key
 */
public record ServiceSettings(Map<String, String> values) {
    public ServiceSettings {
        values = Map.copyOf(values);
    }

    /** The same for one shard: its port in place of the database's, and no replicas. */
    ServiceSettings forShard(int port) {
        Map<String, String> shard = new LinkedHashMap<>(values);
        shard.put("primary-port", Integer.toString(port));
        shard.put("replica-ports", "");
        shard.put("database-ports", text("shard-ports"));
        shard.put("database-password", text("shard-password"));
        return new ServiceSettings(shard);
    }

    Role role() {
        return Role.of(text("role"));
    }

    int connections() {
        return optional("connections").map(Integer::valueOf).orElse(4);
    }

    /** A value that must be there. */
    String text(String key) {
        return optional(key)
                .orElseThrow(() -> new IllegalArgumentException("service settings: " + key + " is missing"));
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    Duration duration(String key) {
        return Duration.parse(text(key));
    }

    Optional<Integer> port(String key) {
        return optional(key).map(Integer::valueOf);
    }

    /** Ports of a list; none if there is none. */
    List<Integer> ports(String key) {
        return list(key).map(Integer::valueOf).toList();
    }

    /** Ports by id of a list {@code id=port,…}. */
    Map<String, Integer> portsById(String key) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        list(key).forEach(item -> {
            int equals = item.indexOf('=');
            ports.put(item.substring(0, equals), Integer.valueOf(item.substring(equals + 1)));
        });
        return ports;
    }

    private Stream<String> list(String key) {
        return optional(key).stream().flatMap(value -> Stream.of(value.split(",", -1)));
    }

    @Override
    public String toString() {
        return "ServiceSettings[…]";
    }
}
