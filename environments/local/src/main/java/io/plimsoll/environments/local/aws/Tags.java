package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.ShardView;
import java.util.Map;
import java.util.TreeMap;

/** Tags by which a stack's resources are found: what they are called, and which tier they belong to. */
final class Tags {
    private static final String PREFIX = "plimsoll-";

    private Tags() {}

    /** Tags of a resource by its name; its tier is the part of the stack that it is. */
    static Map<String, String> of(String resource) {
        return tags(resource, resource.startsWith(PREFIX) ? resource.substring(PREFIX.length()) : resource);
    }

    /** Tags of an instance: it has the name and the tier of its fleet. */
    static Map<String, String> ofInstance(InstanceView instance) {
        return tags(PREFIX + instance.tier(), instance.tier());
    }

    /** Tags of a database: one that holds a share of the keys says which. */
    static Map<String, String> ofDatabase(String id, Estate estate) {
        Map<String, String> tags = of(id);
        estate.all(ShardView.class).stream()
                .filter(shard -> shard.databaseId().equals(id))
                .forEach(shard -> tags.put("shard", Integer.toString(shard.number())));
        return tags;
    }

    /** Tags of a load balancer, a listener of it or a target group: they have the name that their ARN holds. */
    static Map<String, String> ofBalancing(String arn) {
        String[] parts = arn.split("/", 4);
        return of(parts[arn.contains(":targetgroup/") ? 1 : 2]);
    }

    private static Map<String, String> tags(String name, String tier) {
        return new TreeMap<>(Map.of("Name", name, "stack", "plimsoll", "tier", tier));
    }
}
