/**
 * How items are spread over databases. The id of an item says where it is: divided by the number of shards it leaves the
 * shard's number, and each shard numbers its own new items so. No lookup is needed and no shard is asked for another's.
 */
@NullMarked
package io.plimsoll.environments.local.sharding;

import org.jspecify.annotations.NullMarked;
