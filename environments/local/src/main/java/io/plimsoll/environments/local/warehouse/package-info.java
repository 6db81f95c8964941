/**
 * The data warehouse: DuckDB in a process of its own, and the load job that feeds it from the shards.
 *
 * <p>The job copies new items as they come and deletes from the shards those that are older than the window, which it first
 * copies again: no row leaves a shard that is not in the warehouse. Items that the stack began with stay where they are.
 * How old an item is follows from its id: ids grow, and the job notes once a second how far they have come.
 */
@NullMarked
package io.plimsoll.environments.local.warehouse;

import org.jspecify.annotations.NullMarked;
