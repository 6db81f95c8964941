package io.plimsoll.environments.local.estate;

/**
 * A database that holds one share of the keys; AWS's tag {@code shard} tells its number.
 *
 * @param databaseId identifier of the database
 * @param number its number, from 0
 */
public record ShardView(String databaseId, int number) {}
