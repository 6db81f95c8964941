package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.Adjustment;
import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.PolicySpec;
import io.plimsoll.environments.local.scaling.SimpleScalingSpec;
import io.plimsoll.environments.local.scaling.StepScalingSpec;
import io.plimsoll.environments.local.scaling.TargetTrackingSpec;
import io.plimsoll.environments.local.scaling.TrackedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.MetricDimension;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;

/** DescribePolicies. */
final class PolicyDescriptions {
    private static final int OF_A_PAGE = 100;

    private final AutoScaling scaling;
    private final Arns arns;

    PolicyDescriptions(AutoScaling scaling, Arns arns) {
        this.scaling = scaling;
        this.arns = arns;
    }

    Operation operation() {
        return Operation.of("DescribePolicies", DescribePoliciesRequest::builder, this::describe);
    }

    private DescribePoliciesResponse describe(DescribePoliciesRequest request) {
        List<GroupStatus> groups = request.autoScalingGroupName() == null
                ? scaling.groups()
                : List.of(scaling.group(request.autoScalingGroupName()).status());
        List<ScalingPolicy> all = new ArrayList<>();
        for (GroupStatus group : groups) {
            group.policies().keySet().stream()
                    .filter(policy -> request.policyNames().isEmpty()
                            || request.policyNames().contains(policy.name())
                            || request.policyNames().contains(arn(group.name(), policy.name())))
                    .filter(policy -> request.policyTypes().isEmpty()
                            || request.policyTypes().contains(policy.type()))
                    .map(policy -> policy(group, policy))
                    .forEach(all::add);
        }
        Page<ScalingPolicy> page =
                Page.of(all, request.nextToken(), request.maxRecords(), OF_A_PAGE, "InvalidNextToken");
        return DescribePoliciesResponse.builder()
                .scalingPolicies(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    String arn(String group, String policy) {
        return arns.policy(group, policy);
    }

    /** The alarms that trigger a policy. */
    List<Alarm> alarms(GroupStatus group, String policy) {
        return group.policies().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(policy))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .map(name -> Alarm.builder()
                        .alarmName(name)
                        .alarmARN(arns.alarm(name))
                        .build())
                .toList();
    }

    private ScalingPolicy policy(GroupStatus group, PolicySpec policy) {
        ScalingPolicy.Builder builder = ScalingPolicy.builder()
                .autoScalingGroupName(group.name())
                .policyName(policy.name())
                .policyARN(arn(group.name(), policy.name()))
                .policyType(policy.type())
                .enabled(policy.enabled())
                .alarms(alarms(group, policy.name()))
                .stepAdjustments(List.of());
        if (policy instanceof SimpleScalingSpec simple) {
            simple.cooldown().ifPresent(time -> builder.cooldown(Math.toIntExact(time.toSeconds())));
            adjustment(builder, simple.adjustment());
            return builder.scalingAdjustment(simple.change()).build();
        }
        builder.estimatedInstanceWarmup(
                Math.toIntExact(policy.warmUp().orElse(group.spec().warmUp()).toSeconds()));
        if (policy instanceof StepScalingSpec steps) {
            adjustment(builder, steps.adjustment());
            return builder.metricAggregationType("Average")
                    .stepAdjustments(
                            steps.steps().stream().map(PolicyDescriptions::step).toList())
                    .build();
        }
        return builder.targetTrackingConfiguration(configuration((TargetTrackingSpec) policy))
                .build();
    }

    private static void adjustment(ScalingPolicy.Builder builder, Adjustment adjustment) {
        builder.adjustmentType(adjustment.type().word());
        adjustment.minMagnitude().ifPresent(builder::minAdjustmentMagnitude);
    }

    private static StepAdjustment step(StepScalingSpec.Step step) {
        StepAdjustment.Builder builder = StepAdjustment.builder().scalingAdjustment(step.change());
        step.lower().ifPresent(builder::metricIntervalLowerBound);
        step.upper().ifPresent(builder::metricIntervalUpperBound);
        return builder.build();
    }

    private static TargetTrackingConfiguration configuration(TargetTrackingSpec policy) {
        TargetTrackingConfiguration.Builder builder = TargetTrackingConfiguration.builder()
                .targetValue(policy.target())
                .disableScaleIn(!policy.scalesIn());
        TrackedMetric metric = policy.metric();
        if (metric.predefined().isPresent()) {
            return builder.predefinedMetricSpecification(predefined -> predefined
                            .predefinedMetricType(metric.predefined().get())
                            .resourceLabel(metric.resourceLabel().orElse(null)))
                    .build();
        }
        return builder.customizedMetricSpecification(customized -> customized
                        .namespace(metric.key().namespace())
                        .metricName(metric.key().name())
                        .statistic(metric.statistic().name())
                        .dimensions(metric.key().dimensions().entrySet().stream()
                                .map(each -> MetricDimension.builder()
                                        .name(each.getKey())
                                        .value(each.getValue())
                                        .build())
                                .toList()))
                .build();
    }
}
