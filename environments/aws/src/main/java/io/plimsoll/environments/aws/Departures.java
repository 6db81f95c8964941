package io.plimsoll.environments.aws;

import static java.util.Map.entry;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells parts that are gone from parts that could not be looked at: a part that an earlier look saw is gone if the service
 * that describes it answered everything it was asked, and did not tell of it.
 */
final class Departures {
    /** How the fact {@value #STATUS} says that a part is gone. */
    static final String NOT_FOUND = "not found";

    static final String STATUS = "status";

    /** The service that tells of each kind, by its prefix in IAM. What comes and goes by itself has none. */
    private static final Map<ResourceKind, String> SERVICES = Map.ofEntries(
            entry(ResourceKind.LOAD_BALANCER, "elasticloadbalancing"),
            entry(ResourceKind.NETWORK_LOAD_BALANCER, "elasticloadbalancing"),
            entry(ResourceKind.TARGET_GROUP, "elasticloadbalancing"),
            entry(ResourceKind.SCALING_GROUP, "autoscaling"),
            entry(ResourceKind.SECURITY_GROUP, "ec2"),
            entry(ResourceKind.NAT_GATEWAY, "ec2"),
            entry(ResourceKind.DATABASE, "rds"),
            entry(ResourceKind.DATABASE_CLUSTER, "rds"),
            entry(ResourceKind.REPLICA, "rds"),
            entry(ResourceKind.SHARD, "rds"),
            entry(ResourceKind.CACHE, "elasticache"),
            entry(ResourceKind.CACHE_NODE, "elasticache"),
            entry(ResourceKind.DISTRIBUTION, "cloudfront"),
            entry(ResourceKind.BUCKET, "s3"),
            entry(ResourceKind.QUEUE, "sqs"),
            entry(ResourceKind.DEAD_LETTER_QUEUE, "sqs"),
            entry(ResourceKind.TABLE, "dynamodb"),
            entry(ResourceKind.FUNCTION, "lambda"),
            entry(ResourceKind.WAREHOUSE, "redshift"),
            entry(ResourceKind.HOSTED_ZONE, "route53"),
            entry(ResourceKind.HEALTH_CHECK, "route53"));

    private static final Pattern ACTION = Pattern.compile("\\b([a-z0-9]+):[A-Z][A-Za-z]+\\b");
    /** Codes by which a service says that there is no such thing, and so has answered. */
    private static final Pattern ANSWERED = Pattern.compile("\\([A-Za-z.]*(?:NotFound|NoSuch|NonExist|NotExist)");

    private final Set<String> silent = new HashSet<>();

    /**
     * What this look could not see.
     *
     * @param sentences its problems and warnings; each names the call that failed
     */
    Departures(Collection<String> sentences) {
        for (String sentence : sentences) {
            Matcher action = ACTION.matcher(sentence);
            while (!ANSWERED.matcher(sentence).find() && action.find()) {
                silent.add(action.group(1));
            }
        }
    }

    /**
     * What a look found, and everything that an earlier one saw; parts that are gone say so.
     *
     * @param before what the earlier look saw
     * @param found what this one found
     */
    List<Resource> with(List<Resource> before, List<Resource> found) {
        List<Resource> all = new ArrayList<>(found);
        for (Resource part : before) {
            boolean told = found.stream()
                    .anyMatch(other -> other.id().equals(part.id())
                            && (part.facts().isEmpty() || !other.facts().isEmpty()));
            boolean listed = all.removeIf(other -> !told && isSame(part, other));
            if (!told && answers(part.kind())) {
                all.add(gone(part));
            } else if (listed || all.stream().noneMatch(other -> isSame(part, other))) {
                all.add(part);
            }
        }
        return all;
    }

    /** Whether the service that tells of a kind answered everything. */
    private boolean answers(ResourceKind kind) {
        String service = SERVICES.get(kind);
        return service != null && !silent.contains(service) && !silent.contains("tag");
    }

    private static boolean isSame(Resource one, Resource other) {
        return one.kind() == other.kind() && one.id().equals(other.id());
    }

    private static Resource gone(Resource part) {
        Map<String, String> facts = new TreeMap<>(part.facts());
        facts.put(STATUS, NOT_FOUND);
        return new Resource(part.kind(), part.id(), part.existedFrom(), part.existedUntil(), new TreeMap<>(facts));
    }

    /** Whether a look says that a part is gone. */
    static boolean isGone(Resource part) {
        return NOT_FOUND.equals(part.facts().get(STATUS));
    }
}
