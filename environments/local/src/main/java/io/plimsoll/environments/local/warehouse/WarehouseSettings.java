package io.plimsoll.environments.local.warehouse;

import java.time.Duration;
import java.util.List;

/**
 * A warehouse and its load job.
 *
 * @param id cluster identifier
 * @param ports of the shards' primaries, at least one
 * @param password of the service's account there
 * @param stays highest id of the items that stay where they are
 * @param every how often the job runs
 * @param window how long items are kept in the shards
 * @param grace how much longer until they are overdue
 * @param diskBytes how much the warehouse may take
 */
public record WarehouseSettings(
        String id,
        List<Integer> ports,
        String password,
        long stays,
        Duration every,
        Duration window,
        Duration grace,
        long diskBytes) {
    public WarehouseSettings {
        ports = List.copyOf(ports);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("warehouse " + id + ": at least one shard is needed");
        }
        if (diskBytes <= 0) {
            throw new IllegalArgumentException("warehouse " + id + ": disk must be > 0, was " + diskBytes);
        }
    }

    @Override
    public String toString() {
        return "WarehouseSettings[" + id + "]";
    }
}
