package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.sharding.ShardMap;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Items over several databases by key. New items go to the shards in turn. A shard that failed is asked again after a
 * second and refused until then, so that requests for its items do not take the threads that those of others need.
 */
final class ShardedItems implements Items {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ShardMap map;
    private final List<Shard> shards = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    ShardedItems(ServiceSettings settings) {
        Map<String, Integer> ports = settings.portsById("shard-ports");
        map = new ShardMap(List.copyOf(ports.keySet()));
        ports.forEach((id, port) -> shards.add(new Shard(id, new ItemStore(settings.forShard(port)))));
    }

    /** A shard failed; says which. */
    static final class ShardException extends SQLException {
        private static final long serialVersionUID = 1L;
        private final String shard;

        ShardException(String shard, String message) {
            super(message);
            this.shard = shard;
        }

        ShardException(String shard, SQLException cause) {
            super(cause.getMessage(), cause);
            this.shard = shard;
        }

        String shard() {
            return shard;
        }
    }

    /** Something asked of a shard. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(ItemStore store) throws SQLException;
    }

    private static final class Shard {
        private final String id;
        private final ItemStore store;
        private volatile long closedUntilNanos = System.nanoTime();

        Shard(String id, ItemStore store) {
            this.id = id;
            this.store = store;
        }

        <T> T ask(Question<T> question) throws ShardException {
            long now = System.nanoTime();
            if (closedUntilNanos - now > 0) {
                throw new ShardException(id, "shard " + id + " has just failed");
            }
            try {
                return question.ask(store);
            } catch (SQLException e) {
                closedUntilNanos = System.nanoTime() + PAUSE.toNanos();
                throw new ShardException(id, e);
            }
        }
    }

    @Override
    public long insert(byte[] body) throws SQLException {
        Shard shard = shards.get(Math.floorMod(turn.getAndIncrement(), shards.size()));
        return shard.ask(store -> store.insert(body));
    }

    @Override
    public boolean replace(long id, byte[] body) throws SQLException {
        return shards.get(map.shardOf(id)).ask(store -> store.replace(id, body));
    }

    @Override
    public Optional<byte[]> read(long id) throws SQLException {
        return shards.get(map.shardOf(id)).ask(store -> store.read(id));
    }

    @Override
    public Optional<byte[]> readFrom(String database, long id) throws SQLException {
        return shards.get(0).store.readFrom(database, id);
    }

    /** One shard that answers is enough: the loss of another must not take the whole fleet out of service. */
    @Override
    public void check(Role role) throws SQLException {
        SQLException last = new SQLException("no shard answers");
        for (Shard shard : shards) {
            try {
                shard.store.check(role);
                return;
            } catch (SQLException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public Optional<String> shardOf(long id) {
        return Optional.of(map.ids().get(map.shardOf(id)));
    }

    @Override
    public Stream<ConnectionPool> pools() {
        return shards.stream().flatMap(shard -> shard.store.pools());
    }

    @Override
    public void close() {
        shards.forEach(shard -> shard.store.close());
    }
}
