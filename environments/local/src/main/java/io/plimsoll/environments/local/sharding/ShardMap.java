package io.plimsoll.environments.local.sharding;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which shard holds which item.
 *
 * @param ids DB instance identifiers of the shards, in the order of their numbers, at least one
 */
public record ShardMap(List<String> ids) {
    public ShardMap {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("shards: at least one is needed");
        }
    }

    /** Shards {@code <id>-0} and on. */
    public static ShardMap of(String id, int shards) {
        return new ShardMap(
                IntStream.range(0, shards).mapToObj(number -> id + "-" + number).toList());
    }

    /** Number of the shard that holds an item, from 0. */
    public int shardOf(long item) {
        return (int) Math.floorMod(item, (long) ids.size());
    }
}
