package io.plimsoll.environments.local.measure;

import io.plimsoll.environments.local.cache.CacheServer;
import io.plimsoll.environments.local.estate.MetricSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import redis.clients.jedis.exceptions.JedisException;

/**
 * {@code AWS/ElastiCache} of the cluster and of its one node, from Redis' {@code INFO}. EngineCPUUtilization is the CPU
 * time of Redis' main thread in percent of one core. Used by one thread.
 */
public final class CacheMetrics {
    private static final String NAMESPACE = "AWS/ElastiCache";

    private final MetricSink sink;
    private final CacheServer server;
    private final SortedMap<String, String> cluster;
    private final SortedMap<String, String> node;
    private final DeltaMeter hits = new DeltaMeter();
    private final DeltaMeter misses = new DeltaMeter();
    private final DeltaMeter evictions = new DeltaMeter();
    private final DeltaMeter cpuMicros = new DeltaMeter();

    /** Publishes to a sink. */
    public CacheMetrics(MetricSink sink, CacheServer server) {
        this.sink = sink;
        this.server = server;
        this.cluster = Dimensions.of("CacheClusterId", server.id());
        this.node = Dimensions.and(cluster, "CacheNodeId", "0001");
    }

    /** Publishes the second that began at {@code at}; nothing if the server does not answer. */
    public void publish(Instant at) {
        Map<String, String> info;
        try {
            info = server.info();
        } catch (JedisException e) {
            // A server that does not answer has no datapoint.
            return;
        }
        hits.growth((long) number(info, "keyspace_hits"))
                .ifPresent(value -> put("CacheHits", at, (double) value, "Count"));
        misses.growth((long) number(info, "keyspace_misses"))
                .ifPresent(value -> put("CacheMisses", at, (double) value, "Count"));
        evictions
                .growth((long) number(info, "evicted_keys"))
                .ifPresent(value -> put("Evictions", at, (double) value, "Count"));
        double cpuSeconds = number(info, "used_cpu_sys_main_thread") + number(info, "used_cpu_user_main_thread");
        cpuMicros
                .perSecond((long) (cpuSeconds * 1e6))
                .ifPresent(rate -> put("EngineCPUUtilization", at, rate / 1e4, "Percent"));
        put("CurrConnections", at, number(info, "connected_clients"), "Count");
        put("BytesUsedForCache", at, number(info, "used_memory"), "Bytes");
    }

    private static double number(Map<String, String> info, String field) {
        return Double.parseDouble(info.getOrDefault(field, "0"));
    }

    private void put(String metric, Instant at, double value, String unit) {
        for (SortedMap<String, String> dimensions : List.of(cluster, node)) {
            sink.put(NAMESPACE, metric, dimensions, at, value, unit);
        }
    }
}
