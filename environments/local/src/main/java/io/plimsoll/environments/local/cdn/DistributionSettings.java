package io.plimsoll.environments.local.cdn;

import java.net.URI;
import java.time.Duration;

/**
 * A distribution.
 *
 * @param name its name, a comment on AWS
 * @param domainName name it is reached by
 * @param origin where objects come from; a request's path is appended to its path
 * @param minTtl an object is fresh at least so long, whatever the origin says
 * @param defaultTtl how long it is fresh if the origin says nothing
 * @param maxTtl an object is fresh at most so long, whatever the origin says
 * @param errorTtl how long an answer 404 or 410 is kept
 * @param staleIfError how long beyond its freshness an object is served while the origin fails
 * @param originTimeout an origin that has not answered after it is given up
 * @param mostBytes most bytes of objects kept; the least used are dropped
 */
public record DistributionSettings(
        String name,
        String domainName,
        URI origin,
        Duration minTtl,
        Duration defaultTtl,
        Duration maxTtl,
        Duration errorTtl,
        Duration staleIfError,
        Duration originTimeout,
        long mostBytes) {
    public DistributionSettings {
        if (minTtl.compareTo(defaultTtl) > 0 || defaultTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException(name + ": must be min TTL <= default TTL <= max TTL, were " + minTtl
                    + ", " + defaultTtl + ", " + maxTtl);
        }
    }
}
