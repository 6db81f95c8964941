package io.plimsoll.environments.local.database;

import java.time.Duration;
import java.util.List;

/**
 * A database to start.
 *
 * @param id DB instance identifier of the primary; replicas are {@code <id>-replica-1} and on
 * @param multiAz whether it has a standby
 * @param replicas number of read replicas, ≥ 0
 * @param zones availability zones, at least one; the primary is in the first, the standby in the next, the replicas in
 *     the others in turn
 * @param rows rows present at the start
 * @param replicaDelay how far every replica is held back from the start
 * @param policy when a server is taken for lost
 * @param bufferPoolBytes what each server may cache of its tables
 */
public record DatabaseSetup(
        String id,
        boolean multiAz,
        int replicas,
        List<String> zones,
        Rows rows,
        Duration replicaDelay,
        FailoverPolicy policy,
        long bufferPoolBytes) {
    /** What a server may cache of its tables if nothing else is said. */
    public static final long BUFFER_POOL_BYTES = 40L << 20;

    public DatabaseSetup {
        zones = List.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("database " + id + ": at least one zone is needed");
        }
        if (replicas < 0) {
            throw new IllegalArgumentException("database " + id + ": replicas must be >= 0, was " + replicas);
        }
    }

    /** A database without a standby, replicas held back by nothing, and the default policy and buffer pool. */
    public static DatabaseSetup of(String id, int replicas, List<String> zones, Rows rows) {
        return new DatabaseSetup(
                id, false, replicas, zones, rows, Duration.ZERO, FailoverPolicy.DEFAULT, BUFFER_POOL_BYTES);
    }

    /** The same with a standby. */
    public DatabaseSetup withStandby() {
        return new DatabaseSetup(id, true, replicas, zones, rows, replicaDelay, policy, bufferPoolBytes);
    }

    /** The same with another idea of when a server is lost. */
    public DatabaseSetup withPolicy(FailoverPolicy other) {
        return new DatabaseSetup(id, multiAz, replicas, zones, rows, replicaDelay, other, bufferPoolBytes);
    }

    /** The same with its replicas held back. */
    public DatabaseSetup withReplicaDelay(Duration delay) {
        return new DatabaseSetup(id, multiAz, replicas, zones, rows, delay, policy, bufferPoolBytes);
    }

    /** The same with another buffer pool. */
    public DatabaseSetup withBufferPool(long bytes) {
        return new DatabaseSetup(id, multiAz, replicas, zones, rows, replicaDelay, policy, bytes);
    }

    /**
     * Rows present at the start: the items whose id leaves this shard's number when divided by the number of shards. New
     * items of a shard are numbered so too.
     *
     * @param items highest id over all shards; ids begin at 1
     * @param shards number of shards, 1 for a database that is not sharded
     * @param shard this one, from 0
     */
    public record Rows(int items, int shards, int shard) {
        public Rows {
            if (items < 0) {
                throw new IllegalArgumentException("rows: items must be >= 0, was " + items);
            }
            if (shards < 1 || shard < 0 || shard >= shards) {
                throw new IllegalArgumentException(
                        "rows: shard must be in [0, " + shards + "), and there must be one, was " + shard);
            }
        }

        /** All items in one database. */
        public static Rows unsharded(int items) {
            return new Rows(items, 1, 0);
        }
    }
}
