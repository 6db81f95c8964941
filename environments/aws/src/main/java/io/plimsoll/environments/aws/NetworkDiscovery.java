package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Describes what instances and load balancers stand in: security groups, NAT gateways, volumes. */
record NetworkDiscovery(Ec2Client client, AwsCalls calls) {
    private static final int FILTER_VALUES = 200;
    private static final Set<String> GONE = Set.of("deleting", "deleted");

    /** The security groups that load balancers and instances bear. */
    List<Resource> securityGroups(Collection<Resource> bearers) throws InterruptedException {
        List<Resource> groups = new ArrayList<>();
        for (List<String> chunk : chunks(named(bearers, "security-groups"))) {
            List<DescribeSecurityGroupsResponse> pages = calls.pages(
                    "ec2:DescribeSecurityGroups",
                    token -> client.describeSecurityGroups(request ->
                            request.filters(filter("group-id", chunk)).nextToken(token)),
                    DescribeSecurityGroupsResponse::nextToken);
            pages.stream()
                    .flatMap(page -> page.securityGroups().stream())
                    .map(NetworkDiscovery::describe)
                    .forEach(groups::add);
        }
        return groups;
    }

    /** The NAT gateways of a network. */
    List<Resource> natGateways(String vpc) throws InterruptedException {
        List<DescribeNatGatewaysResponse> pages = calls.pages(
                "ec2:DescribeNatGateways",
                token -> client.describeNatGateways(request ->
                        request.filter(filter("vpc-id", List.of(vpc))).nextToken(token)),
                DescribeNatGatewaysResponse::nextToken);
        return pages.stream()
                .flatMap(page -> page.natGateways().stream())
                .filter(gateway -> !GONE.contains(gateway.stateAsString())) // told for an hour after its end
                .map(gateway -> new Facts()
                        .with("state", gateway.stateAsString())
                        .with("vpc", gateway.vpcId())
                        .with("subnet", gateway.subnetId())
                        .of(ResourceKind.NAT_GATEWAY, gateway.natGatewayId()))
                .toList();
    }

    /** The EBS volumes of instances. */
    List<Resource> volumes(Collection<Resource> instances) throws InterruptedException {
        List<Resource> volumes = new ArrayList<>();
        for (List<String> chunk : chunks(named(instances, "volumes"))) {
            List<DescribeVolumesResponse> pages = calls.pages(
                    "ec2:DescribeVolumes",
                    token -> client.describeVolumes(request ->
                            request.filters(filter("volume-id", chunk)).nextToken(token)),
                    DescribeVolumesResponse::nextToken);
            pages.stream()
                    .flatMap(page -> page.volumes().stream())
                    .map(volume -> new Facts()
                            .with("type", volume.volumeTypeAsString())
                            .with("size-gib", volume.size())
                            .with("encrypted", volume.encrypted())
                            .with("zone", volume.availabilityZone())
                            .with(
                                    "instance",
                                    volume.attachments().stream()
                                            .map(attachment -> attachment.instanceId())
                                            .findFirst()
                                            .orElse(""))
                            .of(ResourceKind.VOLUME, volume.volumeId()))
                    .forEach(volumes::add);
        }
        return volumes;
    }

    private static Resource describe(SecurityGroup group) {
        return new Facts()
                .with("name", group.groupName())
                .with("vpc", group.vpcId())
                .with(
                        "in",
                        group.ipPermissions().stream()
                                .flatMap(NetworkDiscovery::rules)
                                .toList())
                .with(
                        "out",
                        group.ipPermissionsEgress().stream()
                                .flatMap(NetworkDiscovery::rules)
                                .toList())
                .of(ResourceKind.SECURITY_GROUP, group.groupId());
    }

    /** Rules as people write them: {@code tcp 443 0.0.0.0/0}. */
    private static Stream<String> rules(IpPermission permission) {
        String protocol = "-1".equals(permission.ipProtocol()) ? "all" : String.valueOf(permission.ipProtocol());
        String ports = Optional.ofNullable(permission.fromPort())
                .map(from -> from.equals(permission.toPort()) ? " " + from : " " + from + "-" + permission.toPort())
                .orElse("");
        Stream<String> ends = Stream.of(
                        permission.ipRanges().stream().map(range -> range.cidrIp()),
                        permission.ipv6Ranges().stream().map(range -> range.cidrIpv6()),
                        permission.userIdGroupPairs().stream().map(pair -> pair.groupId()),
                        permission.prefixListIds().stream().map(list -> list.prefixListId()))
                .flatMap(list -> list);
        return ends.map(end -> protocol + ports + " " + end);
    }

    private static Set<String> named(Collection<Resource> bearers, String fact) {
        Set<String> ids = new TreeSet<>();
        bearers.forEach(
                bearer -> Stream.of(bearer.facts().getOrDefault(fact, "").split(", ", -1))
                        .filter(id -> !id.isEmpty())
                        .forEach(ids::add));
        return ids;
    }

    private static List<List<String>> chunks(Set<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += FILTER_VALUES) {
            chunks.add(all.subList(from, Math.min(all.size(), from + FILTER_VALUES)));
        }
        return chunks;
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
