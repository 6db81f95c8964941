package io.plimsoll.environments.local.estate;

import java.time.Instant;
import java.util.Optional;

/**
 * A database instance.
 *
 * @param id DB instance identifier
 * @param replicaOf the primary's identifier; empty for a primary
 * @param engine RDS engine name, such as {@code mariadb}
 * @param engineVersion as the server itself says
 * @param instanceClass DB instance class of the descriptor
 * @param zone availability zone
 * @param secondaryZone zone of its standby; empty if it is not Multi-AZ
 * @param status RDS status, such as {@code available}
 * @param address loopback address
 * @param port TCP port
 * @param created when it started
 */
public record DatabaseView(
        String id,
        Optional<String> replicaOf,
        String engine,
        String engineVersion,
        String instanceClass,
        String zone,
        Optional<String> secondaryZone,
        String status,
        String address,
        int port,
        Instant created) {
    /** An instance without a standby. */
    public DatabaseView(
            String id,
            Optional<String> replicaOf,
            String engine,
            String engineVersion,
            String instanceClass,
            String zone,
            String status,
            String address,
            int port,
            Instant created) {
        this(
                id,
                replicaOf,
                engine,
                engineVersion,
                instanceClass,
                zone,
                Optional.empty(),
                status,
                address,
                port,
                created);
    }
}
