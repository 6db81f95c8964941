package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
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
                .map(SecurityGroups::permission)
                .toList();
        return SecurityGroup.builder()
                .groupId(id(tier))
                .groupName(name(tier))
                .description("the " + tier + " tier, as its instances really listen")
                .ownerId(Caller.ACCOUNT)
                .ipPermissions(ingress)
                .ipPermissionsEgress(IpPermission.builder()
                        .ipProtocol("-1")
                        .ipRanges(IpRange.builder().cidrIp(EVERYWHERE).build())
                        .build())
                .build();
    }

    private static IpPermission permission(InstanceView instance) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(instance.port())
                .toPort(instance.port())
                .ipRanges(IpRange.builder().cidrIp(instance.address() + "/32").build())
                .build();
    }
}
