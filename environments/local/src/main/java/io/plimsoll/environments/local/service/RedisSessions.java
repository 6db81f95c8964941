package io.plimsoll.environments.local.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/** Sessions in Redis, where every instance finds them; each ends 30 minutes after its last visit. */
final class RedisSessions implements SessionStore {
    private static final long LIFE_SECONDS = Duration.ofMinutes(30).toSeconds();
    private static final String USER = "user";
    private static final String VISITS = "visits";

    private final JedisPooled redis;

    RedisSessions(JedisPooled redis) {
        this.redis = redis;
    }

    private static String key(String id) {
        return "session:" + id;
    }

    @Override
    public void open(String id, String user) throws UnavailableException {
        try {
            redis.hset(key(id), Map.of(USER, user, VISITS, "0"));
            redis.expire(key(id), LIFE_SECONDS);
        } catch (JedisException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public Optional<Session> visit(String id) throws UnavailableException {
        try {
            Optional<String> user = Optional.ofNullable(redis.hget(key(id), USER));
            if (user.isEmpty()) {
                return Optional.empty();
            }
            long visits = redis.hincrBy(key(id), VISITS, 1);
            redis.expire(key(id), LIFE_SECONDS);
            return Optional.of(new Session(user.get(), visits));
        } catch (JedisException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public void end(String id) throws UnavailableException {
        try {
            redis.del(key(id));
        } catch (JedisException e) {
            throw new UnavailableException(e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
