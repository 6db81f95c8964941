package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.observation.ResourceKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What everything else is discovered from, and what discovery gets wrong; something must be named.
 *
 * @param loadBalancer name or ARN of an application or network load balancer
 * @param database identifier of the primary RDS instance or of an Aurora cluster; left out, those of the load
 *     balancer's network are found
 * @param cache id of an ElastiCache cluster or replication group; left out, those of the load balancer's network are
 *     found
 * @param tags tags that every part of the stack bears; those of a CloudFormation stack among them
 * @param named further parts by kind, each by its identifier; an instance also by its tag {@code Name} or the address or
 *     allocation id of its Elastic IP. Load balancers that are named here keep others of the network from being found
 * @param ignored ids of parts that are found and do not belong to the stack
 * @param corrections what is found wrong, by the id of the part
 * @param elsewhere what to look for in further regions, by region
 */
public record Landmarks(
        Optional<String> loadBalancer,
        Optional<String> database,
        Optional<String> cache,
        SortedMap<String, String> tags,
        Map<ResourceKind, List<String>> named,
        Set<String> ignored,
        SortedMap<String, Correction> corrections,
        SortedMap<String, Landmarks> elsewhere) {
    /** The tag that CloudFormation sets on all it creates. */
    public static final String STACK_TAG = "aws:cloudformation:stack-name";

    public Landmarks {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        named = Collections.unmodifiableMap(new TreeMap<>(named));
        ignored = Set.copyOf(ignored);
        corrections = Collections.unmodifiableSortedMap(new TreeMap<>(corrections));
        elsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(elsewhere));
        if (loadBalancer.isEmpty() && database.isEmpty() && cache.isEmpty() && tags.isEmpty() && named.isEmpty()) {
            throw new IllegalArgumentException(
                    "find: must name a load balancer, an instance, a database, a cache, tags or a CloudFormation stack");
        }
    }

    /** A stack of one region, of which nothing is found wrong. */
    public Landmarks(
            Optional<String> loadBalancer,
            Optional<String> database,
            Optional<String> cache,
            SortedMap<String, String> tags,
            Map<ResourceKind, List<String>> named,
            Set<String> ignored) {
        this(loadBalancer, database, cache, tags, named, ignored, new TreeMap<>(), new TreeMap<>());
    }

    /** A stack found by names alone. */
    public Landmarks(Optional<String> loadBalancer, Optional<String> database, Optional<String> cache) {
        this(loadBalancer, database, cache, new TreeMap<>(), Map.of(), Set.of());
    }

    /** Identifiers of a kind that the file names. */
    public List<String> named(ResourceKind kind) {
        return named.getOrDefault(kind, List.of());
    }
}
