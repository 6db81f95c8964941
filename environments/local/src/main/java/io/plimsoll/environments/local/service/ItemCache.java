package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Items in Redis. A cache that does not answer is a cache that has nothing: reads miss and writes are dropped. Safe for
 * several threads.
 */
final class ItemCache implements AutoCloseable {
    private final JedisPooled redis;
    private final SetParams expiry;

    ItemCache(ServiceSettings settings) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(8);
        pool.setMaxIdle(8);
        pool.setMaxWait(Duration.ofMillis(200));
        pool.setJmxEnabled(false);
        redis = new JedisPooled(
                pool,
                new HostAndPort(LoopbackPorts.ADDRESS, settings.cachePort()),
                DefaultJedisClientConfig.builder()
                        .password(settings.cachePassword())
                        .timeoutMillis(500)
                        .build());
        expiry = SetParams.setParams().px(settings.cacheTtl().toMillis());
    }

    Optional<byte[]> get(long id) {
        try {
            return Optional.ofNullable(redis.get(key(id)));
        } catch (JedisException e) {
            return Optional.empty();
        }
    }

    void put(long id, byte[] body) {
        try {
            redis.set(key(id), body, expiry);
        } catch (JedisException e) {
            // An item that is not cached is read from the database.
            return;
        }
    }

    private static byte[] key(long id) {
        return ("item:" + id).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        redis.close();
    }
}
