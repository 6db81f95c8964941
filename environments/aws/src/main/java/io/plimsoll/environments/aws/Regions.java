package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The regions that a stack lies in: the environment's own, and those of {@code find.elsewhere}. A part of another region
 * says so in its fact {@value #REGION}; of what has no region, the environment's own look decides.
 *
 * @param clients clients of each region
 * @param home the environment's own region
 * @param finds what is looked for in each region, the environment's own first
 */
record Regions(AwsClients clients, String home, Map<String, Landmarks> finds) {
    static final String REGION = "region";

    /** Kinds that AWS tells of in every region alike. */
    private static final Set<ResourceKind> GLOBAL = EnumSet.of(
            ResourceKind.DISTRIBUTION, ResourceKind.BUCKET, ResourceKind.HOSTED_ZONE, ResourceKind.HEALTH_CHECK);

    static Regions of(AwsClients clients, Environment environment) {
        Map<String, Landmarks> finds = new LinkedHashMap<>();
        finds.put(environment.region(), environment.find());
        finds.putAll(environment.find().elsewhere());
        return new Regions(clients, environment.region(), finds);
    }

    AwsClients.Services services(String region) {
        return region.equals(home) ? clients.services() : clients.servicesIn(region);
    }

    /** Clients of the region of a part. */
    AwsClients.Services services(Resource part) {
        return services(of(part));
    }

    /** The region in which a part is looked for; an RDS replica of a region that is not looked at is told by its primary. */
    String of(Resource part) {
        String region = part.facts().getOrDefault(REGION, home);
        return finds.containsKey(region) ? region : home;
    }

    /** The parts of one region. */
    Topology in(String region, Topology topology) {
        return new Topology(topology.resources().stream()
                .filter(part -> of(part).equals(region))
                .toList());
    }

    /** How sentences about a region begin; empty of the environment's own. */
    String prefix(String region) {
        return region.equals(home) ? "" : region + ": ";
    }

    /**
     * The parts of all regions.
     *
     * @param byRegion what each region's look found
     * @param problems takes a sentence for each two parts that could not be told apart
     */
    List<Resource> merged(Map<String, List<Resource>> byRegion, Set<String> problems) {
        Map<String, Resource> merged = new LinkedHashMap<>();
        byRegion.forEach((region, parts) -> parts.forEach(found -> {
            Resource part = region.equals(home) || GLOBAL.contains(found.kind()) ? found : in(region, found);
            Resource other = merged.putIfAbsent(part.kind() + " " + part.id(), part);
            if (other != null && isSame(other, part)) {
                merged.put(part.kind() + " " + part.id(), fuller(other, part));
            } else if (other != null && !GLOBAL.contains(part.kind())) {
                problems.add(
                        "find.elsewhere." + region + ": " + part.kind().word() + " '" + part.id() + "' is also one of "
                                + of(other) + ", and what is measured of the two could not be told apart: name what is"
                                + " looked for there more narrowly, or put it under ignore");
            }
        }));
        return new ArrayList<>(merged.values());
    }

    /** The replica that its primary names by its ARN, and the replica itself. */
    private static boolean isSame(Resource one, Resource other) {
        String arn = one.facts().getOrDefault("arn", "");
        return !arn.isEmpty() && arn.equals(other.facts().get("arn"));
    }

    private static Resource fuller(Resource one, Resource other) {
        return other.facts().size() > one.facts().size() ? other : one;
    }

    private static Resource in(String region, Resource part) {
        Map<String, String> facts = new TreeMap<>(part.facts());
        facts.putIfAbsent(REGION, region);
        return new Resource(part.kind(), part.id(), part.existedFrom(), part.existedUntil(), new TreeMap<>(facts));
    }
}
