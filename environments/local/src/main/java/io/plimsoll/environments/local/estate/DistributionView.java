package io.plimsoll.environments.local.estate;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A content delivery distribution.
 *
 * @param id such as {@code E0123456789ABC}
 * @param name its comment
 * @param domainName name it is reached by
 * @param address loopback address it listens on
 * @param port for HTTP
 * @param securePort for HTTPS
 * @param origin where objects come from
 * @param caching whether objects are kept
 * @param minTtl shortest time an object is fresh
 * @param defaultTtl time it is fresh if the origin says nothing
 * @param maxTtl longest time an object is fresh
 * @param created when it started
 */
public record DistributionView(
        String id,
        String name,
        String domainName,
        String address,
        int port,
        Optional<Integer> securePort,
        URI origin,
        boolean caching,
        Duration minTtl,
        Duration defaultTtl,
        Duration maxTtl,
        Instant created) {}
