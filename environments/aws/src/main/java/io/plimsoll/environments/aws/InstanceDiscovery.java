package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;

/** Describes EC2 instances, those that ended a short while ago among them. */
record InstanceDiscovery(Ec2Client ec2, ElasticLoadBalancingV2Client loadBalancing, AwsCalls calls) {
    private static final String DESCRIBE_INSTANCES = "ec2:DescribeInstances";
    private static final String DESCRIBE_HEALTH = "elasticloadbalancing:DescribeTargetHealth";
    private static final String NAME = "Name";
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern FUNCTION = Pattern.compile("arn:[^:]+:lambda:[^:]+:\\d+:function:([^:]+)(?::.+)?");
    /** Instances that are, or will be again. */
    private static final Filter THERE = Filter.builder()
            .name("instance-state-name")
            .values("pending", "running", "stopping", "stopped")
            .build();

    /** EC2 takes at most 200 values in a filter. */
    private static final int FILTER_VALUES = 200;

    private static final Set<String> ENDED = Set.of("shutting-down", "terminated", "stopping", "stopped");
    /** EC2 writes {@code User initiated (2016-05-23 22:45:10 GMT)} (API reference, Instance.StateTransitionReason). */
    private static final Pattern ENDED_AT =
            Pattern.compile("\\((\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}) (?:GMT|UTC)\\)");

    private static final DateTimeFormatter EC2_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** Ids of the instances registered with target groups; targets that are no instances have none. */
    Set<String> targets(Collection<Resource> targetGroups) throws InterruptedException {
        return targets(targetGroups, id -> id.startsWith("i-"));
    }

    /** Names of the Lambda functions that target groups call; one that is called by an alias or a version is named once. */
    Set<String> functions(Collection<Resource> targetGroups) throws InterruptedException {
        Set<String> names = new TreeSet<>();
        for (String arn : targets(targetGroups, id -> FUNCTION.matcher(id).matches())) {
            names.add(FUNCTION.matcher(arn).replaceAll("$1"));
        }
        return names;
    }

    private Set<String> targets(Collection<Resource> targetGroups, Predicate<String> wanted)
            throws InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (Resource group : targetGroups) {
            String arn = group.facts().getOrDefault("arn", "");
            DescribeTargetHealthResponse response = calls.call(
                    DESCRIBE_HEALTH, () -> loadBalancing.describeTargetHealth(request -> request.targetGroupArn(arn)));
            response.targetHealthDescriptions().stream()
                    .map(description -> description.target().id())
                    .filter(wanted)
                    .forEach(ids::add);
        }
        return ids;
    }

    /**
     * The running instances of a name: an instance id, the allocation id or the address of an Elastic IP, or the tag {@code
     * Name}, which several may bear.
     *
     * @throws ObservationException if there is none
     */
    Set<String> named(Landmark landmark) throws InterruptedException {
        String name = landmark.name();
        if (name.startsWith("eipalloc-") || ADDRESS.matcher(name).matches()) {
            List<Address> found = addresses().stream()
                    .filter(address -> name.equals(address.allocationId()) || name.equals(address.publicIp()))
                    .toList();
            if (found.isEmpty()) {
                throw landmark.notFound(
                        addresses().stream().map(Address::publicIp).toList());
            }
            return found.stream()
                    .map(Address::instanceId)
                    .filter(id -> id != null && !id.isEmpty())
                    .findFirst()
                    .map(Set::of)
                    .orElseThrow(() -> landmark.unfit("is associated with no instance"));
        }
        Filter filter = Filter.builder()
                .name(name.matches("i-[0-9a-f]{8,17}") ? "instance-id" : "tag:" + NAME)
                .values(name)
                .build();
        Set<String> ids = ids(filter);
        if (ids.isEmpty()) {
            throw landmark.notFound(names());
        }
        return ids;
    }

    private Set<String> ids(Filter filter) throws InterruptedException {
        return pages(List.of(filter, THERE)).map(Instance::instanceId).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> names() throws InterruptedException {
        return pages(List.of(THERE))
                .flatMap(instance -> instance.tags().stream())
                .filter(tag -> tag.key().equals(NAME))
                .map(Tag::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Instance> pages(List<Filter> filters) throws InterruptedException {
        List<DescribeInstancesResponse> pages = calls.pages(
                DESCRIBE_INSTANCES,
                token -> ec2.describeInstances(
                        request -> request.nextToken(token).filters(filters)),
                DescribeInstancesResponse::nextToken);
        return pages.stream()
                .flatMap(page -> page.reservations().stream())
                .flatMap(reservation -> reservation.instances().stream());
    }

    /** The Elastic IP addresses of instances, by instance id; those without one are left out. */
    Map<String, String> addresses(Set<String> ids) throws InterruptedException {
        Map<String, String> found = new TreeMap<>();
        if (!ids.isEmpty()) {
            for (Address address : addresses()) {
                if (address.instanceId() != null && ids.contains(address.instanceId())) {
                    found.put(address.instanceId(), address.publicIp());
                }
            }
        }
        return found;
    }

    /** EC2 tells all of them at once. */
    private List<Address> addresses() throws InterruptedException {
        return calls.call("ec2:DescribeAddresses", () -> ec2.describeAddresses(request -> {}))
                .addresses();
    }

    /**
     * Describes instances; one that EC2 no longer knows is left out.
     *
     * @param ids what to describe
     * @param groups the scaling group of each, by id, where it has one
     */
    List<Resource> describe(Set<String> ids, Map<String, String> groups) throws InterruptedException {
        List<String> all = List.copyOf(new TreeSet<>(ids));
        List<Resource> instances = new ArrayList<>();
        for (int from = 0; from < all.size(); from += FILTER_VALUES) {
            List<String> chunk = all.subList(from, Math.min(all.size(), from + FILTER_VALUES));
            Filter byId = Filter.builder().name("instance-id").values(chunk).build();
            pages(List.of(byId)).map(instance -> describe(instance, groups)).forEach(instances::add);
        }
        return instances;
    }

    private static Resource describe(Instance instance, Map<String, String> groups) {
        String state = Optional.ofNullable(instance.state())
                .map(described -> described.nameAsString())
                .orElse("unknown");
        return new Facts()
                .with("type", instance.instanceTypeAsString())
                .with(
                        "zone",
                        Optional.ofNullable(instance.placement())
                                .map(placement -> placement.availabilityZone())
                                .orElse(""))
                .with("state", state)
                .with("vpc", instance.vpcId())
                .with("public-address", instance.publicIpAddress())
                .with("image", instance.imageId())
                .with(
                        "security-groups",
                        instance.securityGroups().stream()
                                .map(GroupIdentifier::groupId)
                                .toList())
                .with(
                        "volumes",
                        instance.blockDeviceMappings().stream()
                                .filter(mapping ->
                                        mapping.ebs() != null && mapping.ebs().volumeId() != null)
                                .map(mapping -> mapping.ebs().volumeId())
                                .toList())
                .with(
                        "tier",
                        instance.tags().stream()
                                .filter(tag -> tag.key().equals("tier"))
                                .map(Tag::value)
                                .findFirst()
                                .orElse(""))
                .with(
                        "monitoring",
                        Optional.ofNullable(instance.monitoring())
                                .map(monitoring -> monitoring.stateAsString())
                                .orElse(""))
                .with("scaling-group", groups.get(instance.instanceId()))
                .of(
                        ResourceKind.INSTANCE,
                        instance.instanceId(),
                        Optional.ofNullable(instance.launchTime()),
                        ENDED.contains(state) ? endedAt(instance) : Optional.empty());
    }

    private static Optional<Instant> endedAt(Instance instance) {
        Matcher matcher = ENDED_AT.matcher(String.valueOf(instance.stateTransitionReason()));
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(matcher.group(1), EC2_TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // digits that are no date say nothing
        }
    }
}
