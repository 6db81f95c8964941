package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which parts of a network that several stacks may share belong to this one.
 *
 * <p>An internal load balancer belongs to it if one of its security groups lets in a group that a part of the stack bears,
 * if it bears the same tag of a stack, or if one of its targets is a part of the stack. One that lets in a range of
 * addresses, or has no security group, might: it is left out, and a warning says what to do. A database or cache is left
 * out only if all that its groups let in is borne by no part of the stack.
 */
final class Belonging {
    /** Tags by which people and tools say which stack something is part of. */
    private static final List<String> STACK_TAGS = List.of(
            Landmarks.STACK_TAG, "stack", "application", "app", "app.kubernetes.io/part-of", "elbv2.k8s.aws/cluster");

    private final Discovery discovery;
    private final Set<String> warnings;
    private final Map<String, Resource> securityGroups = new HashMap<>();
    private final Map<String, Map<String, String>> tags = new HashMap<>();
    private final Set<String> unsure = new LinkedHashSet<>();

    Belonging(Discovery discovery, Set<String> warnings) {
        this.discovery = discovery;
        this.warnings = warnings;
    }

    /** Those of some internal load balancers that belong to the stack as far as it was found. */
    List<Resource> balancers(List<Resource> candidates, Collection<Resource> found) throws InterruptedException {
        Set<String> groups = borne(found);
        Set<String> stackTags = stackTags(found);
        Set<String> parts = found.stream().map(Resource::id).collect(Collectors.toSet());
        unsure.clear();
        List<Resource> ours = new ArrayList<>();
        for (Resource candidate : candidates) {
            Set<String> ends = ends(candidate);
            if (ends.stream().anyMatch(groups::contains)
                    || stackTags(List.of(candidate)).stream().anyMatch(stackTags::contains)
                    || leadsTo(candidate, parts)) {
                ours.add(candidate);
            } else if (borne(List.of(candidate)).isEmpty() || ends.stream().anyMatch(end -> end.contains("/"))) {
                unsure.add(candidate.kind().word() + " " + candidate.id()
                        + " is in the same network and may belong to the stack, but no security group, tag or target"
                        + " says so: name it under find.load-balancers, or under find.ignore");
            }
        }
        return ours;
    }

    /** Says what may belong to the stack, after the last look. */
    void conclude() {
        warnings.addAll(unsure);
    }

    /**
     * Databases or caches of the network without those of other stacks.
     *
     * @param key where the descriptor can name one, such as {@code find.database}
     */
    List<Resource> stores(List<Resource> stores, Collection<Resource> found, String key) throws InterruptedException {
        Set<String> groups = borne(found);
        boolean allBearersKnown = !groups.isEmpty()
                && Discovery.of(List.copyOf(found), ResourceKind.TARGET_GROUP).stream()
                        .allMatch(group -> "instance".equals(group.facts().get("target-type")));
        List<Resource> ours = new ArrayList<>();
        for (Resource store : stores) {
            Set<String> ends = ends(store);
            boolean others = allBearersKnown
                    && !ends.isEmpty()
                    && ends.stream().noneMatch(end -> end.contains("/") || groups.contains(end));
            if (others) {
                warnings.add(store.kind().word() + " " + store.id() + " of the network is left out: it lets in only "
                        + String.join(", ", ends) + ", which no part of the stack bears; name it under " + key
                        + " if it belongs to the stack, or under find.ignore");
            } else {
                ours.add(store);
            }
        }
        return ours;
    }

    private static Set<String> borne(Collection<Resource> parts) {
        return parts.stream()
                .flatMap(part -> Stream.of(
                        part.facts().getOrDefault("security-groups", "").split(", ", -1)))
                .filter(group -> !group.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the security groups of a part let in: ranges, groups and prefix lists. */
    private Set<String> ends(Resource part) throws InterruptedException {
        Set<String> ids = borne(List.of(part));
        if (!securityGroups.keySet().containsAll(ids)) {
            Discovery.optional(
                            "security groups",
                            () -> new NetworkDiscovery(discovery.services().ec2(), discovery.calls())
                                    .securityGroups(List.of(part)),
                            List.<Resource>of(),
                            warnings)
                    .forEach(group -> securityGroups.put(group.id(), group));
        }
        return ids.stream()
                .map(securityGroups::get)
                .filter(group -> group != null)
                .flatMap(group -> Stream.of(group.facts().getOrDefault("in", "").split(", ", -1)))
                .map(rule -> rule.substring(rule.lastIndexOf(' ') + 1))
                .filter(end -> !end.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tags of load balancers that say which stack they are part of, as {@code key=value}. */
    private Set<String> stackTags(Collection<Resource> parts) throws InterruptedException {
        Set<String> arns = parts.stream()
                .filter(part -> part.facts().containsKey("dns-name"))
                .map(part -> part.facts().getOrDefault("arn", ""))
                .filter(arn -> !arn.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(arns);
        unknown.removeAll(tags.keySet());
        unknown.forEach(arn -> tags.put(arn, Map.of()));
        tags.putAll(Discovery.optional(
                "tags of load balancers",
                () -> balancers().tags(unknown),
                Map.<String, Map<String, String>>of(),
                warnings));
        Set<String> found = new HashSet<>();
        for (String arn : arns) {
            Map<String, String> borne = tags.getOrDefault(arn, Map.of());
            STACK_TAGS.stream()
                    .filter(borne::containsKey)
                    .forEach(key -> found.add(key + "=" + borne.getOrDefault(key, "")));
        }
        return found;
    }

    private boolean leadsTo(Resource balancer, Set<String> parts) throws InterruptedException {
        String arn = balancer.facts().getOrDefault("arn", "");
        Set<String> targets = Discovery.optional(
                "targets of " + balancer.id(),
                () -> new InstanceDiscovery(
                                discovery.services().ec2(), discovery.services().loadBalancing(), discovery.calls())
                        .targets(balancers().targetGroups(arn)),
                Set.<String>of(),
                warnings);
        return targets.stream().anyMatch(parts::contains);
    }

    private BalancerDiscovery balancers() {
        return new BalancerDiscovery(discovery.services().loadBalancing(), discovery.calls());
    }
}
