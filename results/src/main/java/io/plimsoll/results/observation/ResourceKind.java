package io.plimsoll.results.observation;

import java.util.Arrays;
import java.util.Optional;

/** What kind of thing a metric or an event is about. {@link #word} is what an SLO writes after {@code for each}. */
public enum ResourceKind {
    LOAD_BALANCER("load balancer"),
    TARGET_GROUP("target group"),
    /** An availability zone of a load balancer; its id is the zone's name. */
    ZONE("zone"),
    /** The part of a target group in one availability zone; its id is {@code <target group>/<zone>}. */
    TARGET_GROUP_ZONE("target group zone"),
    /** A target that is no EC2 instance: an address, a function, another load balancer. */
    TARGET("target"),
    NETWORK_LOAD_BALANCER("network load balancer"),
    SCALING_GROUP("scaling group"),
    INSTANCE("instance"),
    /** An EBS volume. */
    VOLUME("volume"),
    /** A primary database instance; of an Aurora cluster its writer. */
    DATABASE("database"),
    /** An Aurora cluster. */
    DATABASE_CLUSTER("database cluster"),
    /** A read replica; of an Aurora cluster each reader. */
    REPLICA("replica"),
    /** A primary database instance that holds one share of the keys. */
    SHARD("shard"),
    CACHE("cache"),
    /** One node of a cache cluster; its id is {@code <cluster>/<node>}. */
    CACHE_NODE("cache node"),
    /** A CDN distribution. */
    DISTRIBUTION("distribution"),
    BUCKET("bucket"),
    QUEUE("queue"),
    DEAD_LETTER_QUEUE("dead letter queue"),
    /** A NoSQL table. */
    TABLE("table"),
    FUNCTION("function"),
    /** A data warehouse cluster. */
    WAREHOUSE("warehouse"),
    HOSTED_ZONE("hosted zone"),
    HEALTH_CHECK("health check"),
    NAT_GATEWAY("nat gateway"),
    SECURITY_GROUP("security group"),
    LOG_GROUP("log group"),
    /** What a metric is about that is named in an environment's file; its id is the dimensions. */
    METRIC("metric"),
    /** The injector's side, which measures what only a client can see. */
    CLIENT("client");

    private final String word;

    ResourceKind(String word) {
        this.word = word;
    }

    /** The word of the SLO language. */
    public String word() {
        return word;
    }

    /** The kind of that word; empty if there is none. */
    public static Optional<ResourceKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
