package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;

/** Finds the auto-scaling groups behind target groups, with their policies and members. */
record GroupDiscovery(AutoScalingClient client, AwsCalls calls) {
    static final String DESCRIBE_GROUPS = "autoscaling:DescribeAutoScalingGroups";
    private static final String DESCRIBE_POLICIES = "autoscaling:DescribePolicies";
    /** Prefix of the facts that name a group's policies; the value says type, metric and target. */
    static final String POLICY_FACT = "policy ";
    /** Prefix of the facts that name the alarms which act on a group; the value names the policy. */
    static final String ALARM_FACT = "alarm ";

    /**
     * What was found.
     *
     * @param groups the groups
     * @param members each member's group, by instance id
     */
    record Groups(List<Resource> groups, SortedMap<String, String> members) {}

    /** The groups that register their instances with one of these target groups, or have one of these names. */
    Groups find(Set<String> targetGroupArns, Set<String> names) throws InterruptedException {
        List<DescribeAutoScalingGroupsResponse> pages = calls.pages(
                DESCRIBE_GROUPS,
                token -> client.describeAutoScalingGroups(request -> request.nextToken(token)),
                DescribeAutoScalingGroupsResponse::nextToken);
        List<Resource> groups = new ArrayList<>();
        SortedMap<String, String> members = new TreeMap<>();
        for (DescribeAutoScalingGroupsResponse page : pages) {
            for (AutoScalingGroup group : page.autoScalingGroups()) {
                if (names.contains(group.autoScalingGroupName()) || serves(group, targetGroupArns)) {
                    groups.add(describe(group));
                    group.instances()
                            .forEach(instance -> members.put(instance.instanceId(), group.autoScalingGroupName()));
                }
            }
        }
        return new Groups(groups, members);
    }

    private static boolean serves(AutoScalingGroup group, Set<String> targetGroupArns) {
        return group.targetGroupARNs().stream().anyMatch(targetGroupArns::contains)
                || group.trafficSources().stream().anyMatch(source -> targetGroupArns.contains(source.identifier()));
    }

    private Resource describe(AutoScalingGroup group) throws InterruptedException {
        Facts facts = new Facts()
                .with("min", group.minSize())
                .with("max", group.maxSize())
                .with("desired", group.desiredCapacity())
                .with("warm-up-seconds", group.defaultInstanceWarmup())
                .with("cooldown-seconds", group.defaultCooldown())
                .with("health-check-type", group.healthCheckType())
                .with("health-check-grace-seconds", group.healthCheckGracePeriod())
                .with("zones", group.availabilityZones())
                .with(
                        "launch-template",
                        launchTemplate(group).map(GroupDiscovery::describe).orElse(""))
                .with(
                        LaunchDiscovery.TEMPLATE_ID,
                        launchTemplate(group)
                                .map(LaunchTemplateSpecification::launchTemplateId)
                                .orElse(""))
                .with(
                        LaunchDiscovery.TEMPLATE_VERSION,
                        launchTemplate(group)
                                .map(LaunchTemplateSpecification::version)
                                .orElse(""))
                .with("launch-configuration", group.launchConfigurationName())
                .with(
                        "tier",
                        group.tags().stream()
                                .filter(tag -> tag.key().equals("tier"))
                                .map(TagDescription::value)
                                .findFirst()
                                .orElse(""))
                .with(
                        "enabled-metrics",
                        group.enabledMetrics().stream()
                                .map(EnabledMetric::metric)
                                .toList());
        List<DescribePoliciesResponse> pages = calls.pages(
                DESCRIBE_POLICIES,
                token -> client.describePolicies(request -> request.autoScalingGroupName(group.autoScalingGroupName())
                        .nextToken(token)),
                DescribePoliciesResponse::nextToken);
        for (DescribePoliciesResponse page : pages) {
            for (ScalingPolicy policy : page.scalingPolicies()) {
                facts.with(POLICY_FACT + policy.policyName(), describe(policy));
                for (Alarm alarm : policy.alarms()) {
                    facts.with(ALARM_FACT + alarm.alarmName(), policy.policyName());
                }
            }
        }
        return facts.of(ResourceKind.SCALING_GROUP, group.autoScalingGroupName());
    }

    /** A group of mixed instances has its template in its policy; an older one may have a launch configuration. */
    private static Optional<LaunchTemplateSpecification> launchTemplate(AutoScalingGroup group) {
        return Optional.ofNullable(group.launchTemplate())
                .or(() -> Optional.ofNullable(group.mixedInstancesPolicy())
                        .map(policy -> policy.launchTemplate())
                        .map(template -> template.launchTemplateSpecification()));
    }

    private static String describe(LaunchTemplateSpecification template) {
        return template.launchTemplateId() + " version " + template.version();
    }

    private static String describe(ScalingPolicy policy) {
        String target = Optional.ofNullable(policy.targetTrackingConfiguration())
                .map(GroupDiscovery::describe)
                .orElse("");
        return String.valueOf(policy.policyType()) + target;
    }

    private static String describe(TargetTrackingConfiguration configuration) {
        String metric = Optional.ofNullable(configuration.predefinedMetricSpecification())
                .map(specification -> specification.predefinedMetricTypeAsString())
                .or(() -> Optional.ofNullable(configuration.customizedMetricSpecification())
                        .map(specification -> specification.metricName()))
                .orElse("a metric expression");
        return ", keeps " + metric + " at " + configuration.targetValue();
    }
}
