package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;

/** Connections to Redis. */
final class RedisPool {
    private RedisPool() {}

    /** A pool by the settings; empty if they name no Redis. */
    static Optional<JedisPooled> of(ServiceSettings settings) {
        return settings.port("cache-port").map(port -> open(port, settings.text("cache-password")));
    }

    private static JedisPooled open(int port, String password) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(8);
        pool.setMaxIdle(8);
        pool.setMaxWait(Duration.ofMillis(200));
        pool.setJmxEnabled(false);
        return new JedisPooled(
                pool,
                new HostAndPort(LoopbackPorts.ADDRESS, port),
                DefaultJedisClientConfig.builder()
                        .password(password)
                        .timeoutMillis(500)
                        .build());
    }
}
