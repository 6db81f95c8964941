package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.ControlPlaneView;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.ScalingActivity;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.MetricType;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

/** Auto Scaling: groups, their instances, policies and activities. */
final class AutoScalingOperations {
    private static final int OF_A_PAGE = 100;
    private static final int INSTANCES_OF_A_PAGE = 50;
    private static final String BAD_TOKEN = "InvalidNextToken";

    private final ControlPlaneView controlPlane;
    private final Arns arns;

    AutoScalingOperations(ControlPlaneView controlPlane, Arns arns) {
        this.controlPlane = controlPlane;
        this.arns = arns;
    }

    Service service() {
        return new Service(
                "autoscaling",
                "autoscaling",
                "http://autoscaling.amazonaws.com/doc/2011-01-01/",
                List.of(
                        Operation.of(
                                "DescribeAutoScalingGroups", DescribeAutoScalingGroupsRequest::builder, this::groups),
                        Operation.of("DescribePolicies", DescribePoliciesRequest::builder, this::policies),
                        Operation.of(
                                "DescribeScalingActivities",
                                DescribeScalingActivitiesRequest::builder,
                                this::activities),
                        Operation.of(
                                "DescribeAutoScalingInstances",
                                DescribeAutoScalingInstancesRequest::builder,
                                this::instances)));
    }

    /** Names that no group has are left out, as by Auto Scaling. */
    private DescribeAutoScalingGroupsResponse groups(DescribeAutoScalingGroupsRequest request) {
        List<GroupStatus> found = controlPlane.groups().stream()
                .filter(group -> request.autoScalingGroupNames().isEmpty()
                        || request.autoScalingGroupNames().contains(group.spec().name()))
                .toList();
        Page<GroupStatus> page = Page.of(found, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(page.items().stream().map(this::group).toList())
                .nextToken(page.nextOrNull())
                .build();
    }

    private AutoScalingGroup group(GroupStatus group) {
        return AutoScalingGroup.builder()
                .autoScalingGroupName(group.spec().name())
                .autoScalingGroupARN(arns.group(group.spec().name()))
                .createdTime(group.created())
                .minSize(group.spec().min())
                .maxSize(group.spec().max())
                .desiredCapacity(group.desired())
                .defaultInstanceWarmup(Math.toIntExact(group.spec().warmUp().toSeconds()))
                .defaultCooldown(0)
                .availabilityZones(group.spec().zones())
                .targetGroupARNs(group.spec().targetGroups().stream()
                        .map(arns::targetGroup)
                        .toList())
                .loadBalancerNames(List.of())
                .healthCheckType("ELB")
                .healthCheckGracePeriod(0)
                .enabledMetrics(ScalingGroup.METRICS.stream()
                        .map(metric -> EnabledMetric.builder()
                                .metric(metric)
                                .granularity("1Minute")
                                .build())
                        .toList())
                .instances(group.instances().stream()
                        .map(instance -> instance(group, instance))
                        .toList())
                .terminationPolicies("OldestInstance")
                .newInstancesProtectedFromScaleIn(false)
                .build();
    }

    private static Instance instance(GroupStatus group, GroupInstance instance) {
        return Instance.builder()
                .instanceId(instance.id())
                .instanceType(group.spec().instanceType())
                .availabilityZone(instance.zone())
                .lifecycleState(instance.lifecycle().state())
                .healthStatus(health(instance))
                .protectedFromScaleIn(false)
                .build();
    }

    private static String health(GroupInstance instance) {
        return instance.healthy() ? "Healthy" : "Unhealthy";
    }

    private DescribeAutoScalingInstancesResponse instances(DescribeAutoScalingInstancesRequest request) {
        List<AutoScalingInstanceDetails> all = new ArrayList<>();
        for (GroupStatus group : controlPlane.groups()) {
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
                .autoScalingGroupName(group.spec().name())
                .instanceId(instance.id())
                .instanceType(group.spec().instanceType())
                .availabilityZone(instance.zone())
                .lifecycleState(instance.lifecycle().state())
                .healthStatus(health(instance).toUpperCase(Locale.ROOT))
                .protectedFromScaleIn(false)
                .build();
    }

    private DescribePoliciesResponse policies(DescribePoliciesRequest request) {
        List<ScalingPolicy> all = named(Optional.ofNullable(request.autoScalingGroupName())).stream()
                .filter(group ->
                        request.policyNames().isEmpty() || request.policyNames().contains(group.policy()))
                .filter(unused ->
                        request.policyTypes().isEmpty() || request.policyTypes().contains("TargetTrackingScaling"))
                .map(this::policy)
                .toList();
        Page<ScalingPolicy> page = Page.of(all, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribePoliciesResponse.builder()
                .scalingPolicies(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private ScalingPolicy policy(GroupStatus group) {
        return ScalingPolicy.builder()
                .autoScalingGroupName(group.spec().name())
                .policyName(group.policy())
                .policyARN(arns.policy(group.spec().name(), group.policy()))
                .policyType("TargetTrackingScaling")
                .enabled(true)
                .estimatedInstanceWarmup(Math.toIntExact(group.spec().warmUp().toSeconds()))
                .targetTrackingConfiguration(
                        tracking -> tracking.targetValue(group.spec().targetPercent())
                                .disableScaleIn(false)
                                .predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType(MetricType.ASG_AVERAGE_CPU_UTILIZATION)))
                .alarms(group.alarms().stream()
                        .map(name -> Alarm.builder()
                                .alarmName(name)
                                .alarmARN(arns.alarm(name))
                                .build())
                        .toList())
                .stepAdjustments(List.of())
                .build();
    }

    private DescribeScalingActivitiesResponse activities(DescribeScalingActivitiesRequest request) {
        List<Activity> all = new ArrayList<>();
        for (GroupStatus group : named(Optional.ofNullable(request.autoScalingGroupName()))) {
            group.activities().stream()
                    .filter(activity -> request.activityIds().isEmpty()
                            || request.activityIds().contains(activity.id()))
                    .map(activity -> activity(group, activity))
                    .forEach(all::add);
        }
        Page<Activity> page = Page.of(all, request.nextToken(), request.maxRecords(), OF_A_PAGE, BAD_TOKEN);
        return DescribeScalingActivitiesResponse.builder()
                .activities(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private Activity activity(GroupStatus group, ScalingActivity activity) {
        Activity.Builder builder = Activity.builder()
                .activityId(activity.id())
                .autoScalingGroupName(group.spec().name())
                .autoScalingGroupARN(arns.group(group.spec().name()))
                .description(activity.description())
                .cause(activity.cause())
                .startTime(activity.start())
                .statusCode(activity.status().code())
                .progress(activity.status().progressPercent())
                .details("{\"Availability Zone\":\"" + activity.zone() + "\"}");
        activity.end().ifPresent(builder::endTime);
        activity.statusMessage().ifPresent(builder::statusMessage);
        return builder.build();
    }

    private List<GroupStatus> named(Optional<String> name) {
        return Filter.byName(
                controlPlane.groups(),
                name,
                group -> group.spec().name(),
                missing -> AwsFault.badRequest(
                        "ValidationError",
                        "AutoScalingGroup name not found - AutoScalingGroup '" + missing + "' not found"));
    }
}
