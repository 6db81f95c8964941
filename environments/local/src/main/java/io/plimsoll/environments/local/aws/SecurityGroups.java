package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.AddressView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceActs;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.OpenPortView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * EC2: a security group for each tier of instances, described as it really is: its services are reached on the ports they
 * listen on, from this machine alone, as they are bound to loopback; nothing keeps them from connecting anywhere.
 */
final class SecurityGroups {
    private static final int LOWEST_FREE_PORT = 1024;
    private static final int HIGHEST_FREE_PORT = 65_535;
    private static final int OF_A_PAGE = 1_000;
    private static final String NO_GROUP = "InvalidGroup.NotFound";
    private static final String EVERYWHERE = "0.0.0.0/0";

    private final Estate estate;

    SecurityGroups(Estate estate) {
        this.estate = estate;
    }

    static GroupIdentifier identifier(String tier) {
        return GroupIdentifier.builder().groupId(id(tier)).groupName(name(tier)).build();
    }

    private static String id(String tier) {
        String hex = UUID.nameUUIDFromBytes(("security group " + tier).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "sg-" + hex.substring(0, 17);
    }

    private static String name(String tier) {
        return "plimsoll-" + tier;
    }

    DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
        List<SecurityGroup> groups = estate.instances().stream()
                .map(InstanceView::tier)
                .distinct()
                .map(this::group)
                .filter(group -> request.filters().stream().allMatch(filter -> passes(group, filter)))
                .toList();
        groups = Filter.byNames(groups, request.groupIds(), SecurityGroup::groupId, SecurityGroups::missing);
        groups = Filter.byNames(groups, request.groupNames(), SecurityGroup::groupName, SecurityGroups::missing);
        Page<SecurityGroup> page =
                Page.of(groups, request.nextToken(), request.maxResults(), OF_A_PAGE, "InvalidNextToken");
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static boolean passes(SecurityGroup group, software.amazon.awssdk.services.ec2.model.Filter filter) {
        return switch (filter.name()) {
            case "group-id" -> filter.values().contains(group.groupId());
            case "group-name" -> filter.values().contains(group.groupName());
            default ->
                throw AwsFault.badRequest("InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
        };
    }

    private static AwsFault missing(String group) {
        return AwsFault.badRequest(NO_GROUP, "The security group '" + group + "' does not exist");
    }

    private SecurityGroup group(String tier) {
        List<IpPermission> ingress = estate.instances().stream()
                .filter(instance -> instance.tier().equals(tier))
                .filter(instance -> instance.state() == InstanceView.State.RUNNING)
                .flatMap(this::permissions)
                .distinct()
                .toList();
        return SecurityGroup.builder()
                .groupId(id(tier))
                .groupName(name(tier))
                .description("the " + tier + " tier: loopback alone reaches it")
                .ownerId(Caller.ACCOUNT)
                .ipPermissions(ingress)
                .ipPermissionsEgress(IpPermission.builder()
                        .ipProtocol("-1")
                        .ipRanges(IpRange.builder().cidrIp(EVERYWHERE).build())
                        .build())
                .build();
    }

    /**
     * An instance with an address of its own keeps its port. The others are launched on any free one, so their group
     * allows those, and stays the same while instances come and go.
     */
    private Stream<IpPermission> permissions(InstanceView instance) {
        boolean keepsItsPorts = estate.all(AddressView.class).stream()
                .anyMatch(address -> address.instanceId().equals(instance.id()));
        if (!keepsItsPorts) {
            return Stream.of(permission(instance, LOWEST_FREE_PORT, HIGHEST_FREE_PORT));
        }
        Stream<Integer> tls =
                estate.all(InstanceActs.class).stream().flatMap(fleet -> fleet.tlsPort(instance.id()).stream());
        Stream<Integer> leftOpen = estate.all(OpenPortView.class).stream()
                .filter(open -> open.owner().equals(instance.tier()))
                .map(OpenPortView::port);
        return Stream.of(Stream.of(instance.port()), tls, leftOpen)
                .flatMap(ports -> ports)
                .map(port -> permission(instance, port, port));
    }

    private static IpPermission permission(InstanceView instance, int from, int to) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(from)
                .toPort(to)
                .ipRanges(IpRange.builder().cidrIp(instance.address() + "/32").build())
                .build();
    }
}
