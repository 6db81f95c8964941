package io.plimsoll.environments.local.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardMapTest {
    @Test
    void anItemIsWhereItsIdLeavesTheShardsNumber() {
        ShardMap map = ShardMap.of("shard", 3);

        assertThat(map.ids()).containsExactly("shard-0", "shard-1", "shard-2");
        assertThat(map.shardOf(0)).isZero();
        assertThat(map.shardOf(4)).isEqualTo(1);
        assertThat(map.shardOf(Long.MAX_VALUE)).isEqualTo(1);
    }

    @Test
    void shardsOfWhichThereAreNoneAreRefused() {
        assertThatThrownBy(() -> new ShardMap(List.of())).hasMessage("shards: at least one is needed");
    }
}
