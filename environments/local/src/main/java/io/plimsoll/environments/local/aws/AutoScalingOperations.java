package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.GroupStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;

/** Auto Scaling: groups and their instances, as they are. */
final class AutoScalingOperations {
    private static final int OF_A_PAGE = 100;
    private static final int INSTANCES_OF_A_PAGE = 50;
    private static final String BAD_TOKEN = "InvalidNextToken";

    private final AutoScaling scaling;
    private final Arns arns;

    AutoScalingOperations(AutoScaling scaling, Arns arns) {
        this.scaling = scaling;
        this.arns = arns;
    }

    Service service() {
        List<Operation> operations = new ArrayList<>(List.of(
                Operation.of("DescribeAutoScalingGroups", DescribeAutoScalingGroupsRequest::builder, this::groups),
                Operation.of(
                        "DescribeAutoScalingInstances",
                        DescribeAutoScalingInstancesRequest::builder,
                        this::instances)));
        operations.addAll(new GroupOperations(scaling).operations());
        operations.addAll(new PolicyOperations(scaling, arns).operations());
        operations.addAll(new ScheduleOperations(scaling, arns).operations());
        operations.addAll(new ActivityOperations(scaling, arns).operations());
        operations.addAll(new RefreshOperations(scaling).operations());
        return new Service(
                "autoscaling", "autoscaling", "http://autoscaling.amazonaws.com/doc/2011-01-01/", operations);
    }

    /** Names that no group has are left out, as by Auto Scaling. */
    private DescribeAutoScalingGroupsResponse groups(DescribeAutoScalingGroupsRequest request) {
        List<GroupStatus> found = scaling.groups().stream()
                .filter(group -> request.autoScalingGroupNames().isEmpty()
                        || request.autoScalingGroupNames().contains(group.name()))
                .filter(group -> request.filters().stream().allMatch(filter -> hasTag(group, filter)))
                .toList();
        Page<GroupStatus> page = Page.of(found, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(page.items().stream().map(this::group).toList())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static boolean hasTag(GroupStatus group, software.amazon.awssdk.services.autoscaling.model.Filter filter) {
        String name = String.valueOf(filter.name());
        if (name.startsWith("tag:")) {
            return Optional.ofNullable(Tags.of(group.name()).get(name.substring(4)))
                    .filter(filter.values()::contains)
                    .isPresent();
        }
        return switch (name) {
            case "tag-key" -> Tags.of(group.name()).keySet().stream().anyMatch(filter.values()::contains);
            case "tag-value" -> Tags.of(group.name()).values().stream().anyMatch(filter.values()::contains);
            default -> throw AwsFault.badRequest("ValidationError", "Filter type " + name + " is not correct.");
        };
    }

    private AutoScalingGroup group(GroupStatus group) {
        return AutoScalingGroup.builder()
                .autoScalingGroupName(group.name())
                .autoScalingGroupARN(arns.group(group.name()))
                .createdTime(group.created())
                .minSize(group.spec().min())
                .maxSize(group.spec().max())
                .desiredCapacity(group.desired())
                .defaultInstanceWarmup(Math.toIntExact(group.spec().warmUp().toSeconds()))
                .defaultCooldown(Math.toIntExact(group.spec().cooldown().toSeconds()))
                .availabilityZones(group.spec().zones())
                .targetGroupARNs(group.spec().targetGroups().stream()
                        .map(arns::targetGroup)
                        .toList())
                .loadBalancerNames(List.of())
                .healthCheckType("ELB")
                .healthCheckGracePeriod(0)
                .enabledMetrics(group.enabledMetrics().stream()
                        .map(metric -> EnabledMetric.builder()
                                .metric(metric)
                                .granularity("1Minute")
                                .build())
                        .toList())
                .suspendedProcesses(group.suspended().stream()
                        .map(process -> SuspendedProcess.builder()
                                .processName(process.word())
                                .suspensionReason("User suspended")
                                .build())
                        .toList())
                .instances(group.instances().stream()
                        .map(instance -> instance(group, instance))
                        .toList())
                .tags(Tags.of(group.name()).entrySet().stream()
                        .map(tag -> TagDescription.builder()
                                .resourceId(group.name())
                                .resourceType("auto-scaling-group")
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .propagateAtLaunch(true)
                                .build())
                        .toList())
                .terminationPolicies("OldestInstance")
                .newInstancesProtectedFromScaleIn(false)
                .launchTemplate(template -> template.launchTemplateId(LaunchTemplates.id(group.name()))
                        .launchTemplateName(group.name())
                        .version("1"))
                .build();
    }

    private static Instance instance(GroupStatus group, GroupInstance instance) {
        return Instance.builder()
                .instanceId(instance.id())
                .instanceType(group.spec().instanceType())
                .availabilityZone(instance.zone())
                .lifecycleState(instance.lifecycle().state())
                .healthStatus(health(instance))
                .protectedFromScaleIn(instance.protectedFromScaleIn())
                .launchTemplate(template -> template.launchTemplateId(LaunchTemplates.id(group.name()))
                        .launchTemplateName(group.name())
                        .version("1"))
                .build();
    }

    private static String health(GroupInstance instance) {
        return instance.healthy() ? "Healthy" : "Unhealthy";
    }

    private DescribeAutoScalingInstancesResponse instances(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> all = new ArrayList<>();
        for (GroupStatus group : scaling.groups()) {
            group.instances().stream()
                    .filter(instance -> request.instanceIds().isEmpty()
                            || request.instanceIds().contains(instance.id()))
                    .map(instance -> details(group, instance))
                    .forEach(all::add);
        }
        Page<AutoScalingInstanceDetails> page =
                Page.of(all, request.nextToken(), request.maxRecords(), INSTANCES_OF_A_PAGE, BAD_TOKEN);
        return DescribeAutoScalingInstancesResponse.builder()
                .autoScalingInstances(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static AutoScalingInstanceDetails details(GroupStatus group, GroupInstance instance) {
        return AutoScalingInstanceDetails.builder()
                .autoScalingGroupName(group.name())
                .instanceId(instance.id())
                .instanceType(group.spec().instanceType())
                .availabilityZone(instance.zone())
                .lifecycleState(instance.lifecycle().state())
                .healthStatus(health(instance).toUpperCase(Locale.ROOT))
                .protectedFromScaleIn(instance.protectedFromScaleIn())
                .build();
    }
}
