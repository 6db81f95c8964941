package io.plimsoll.environments.local.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Items in Redis. A cache that does not answer is a cache that has nothing: reads miss and writes are dropped. So does one
 * that is switched off, without asking Redis. Safe for several threads.
 */
final class ItemCache implements AutoCloseable {
    private final JedisPooled redis;
    private final SetParams expiry;
    private volatile boolean on = true;

    ItemCache(JedisPooled redis, Duration ttl) {
        this.redis = redis;
        this.expiry = SetParams.setParams().px(ttl.toMillis());
    }

    /** Switches it on or off; it is on at first. */
    void switchTo(boolean use) {
        on = use;
    }

    Optional<byte[]> get(long id) {
        try {
            return on ? Optional.ofNullable(redis.get(key(id))) : Optional.empty();
        } catch (JedisException e) {
            return Optional.empty();
        }
    }

    void put(long id, byte[] body) {
        try {
            if (on) {
                redis.set(key(id), body, expiry);
            }
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
