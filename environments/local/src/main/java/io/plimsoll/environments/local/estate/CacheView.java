package io.plimsoll.environments.local.estate;

import java.time.Instant;

/**
 * A cache cluster of one node.
 *
 * @param id cache cluster id
 * @param engine such as {@code redis}
 * @param engineVersion as the server itself says
 * @param nodeType cache node type of the descriptor
 * @param zone availability zone
 * @param status ElastiCache status, such as {@code available}
 * @param address loopback address
 * @param port TCP port
 * @param created when it started
 */
public record CacheView(
        String id,
        String engine,
        String engineVersion,
        String nodeType,
        String zone,
        String status,
        String address,
        int port,
        Instant created) {}
