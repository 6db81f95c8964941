package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.GroupOperations.optional;
import static io.plimsoll.environments.local.aws.GroupOperations.required;
import static io.plimsoll.environments.local.aws.GroupOperations.seconds;

import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.scaling.Adjustment;
import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.PolicySpec;
import io.plimsoll.environments.local.scaling.SimpleScalingSpec;
import io.plimsoll.environments.local.scaling.StepScalingSpec;
import io.plimsoll.environments.local.scaling.TargetTrackingSpec;
import io.plimsoll.environments.local.scaling.TrackedMetric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.CustomizedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.DeletePolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.ExecutePolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.ExecutePolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/** Auto Scaling: scaling policies, to be put, deleted and executed. */
final class PolicyOperations {
    /** Datapoints to alarm of the alarms that Auto Scaling makes for target tracking. */
    private static final int SCALE_OUT_DATAPOINTS = 3;

    private static final int SCALE_IN_DATAPOINTS = 15;

    private final AutoScaling scaling;
    private final PolicyDescriptions descriptions;

    PolicyOperations(AutoScaling scaling, Arns arns) {
        this.scaling = scaling;
        this.descriptions = new PolicyDescriptions(scaling, arns);
    }

    List<Operation> operations() {
        return List.of(
                descriptions.operation(),
                Operation.of("PutScalingPolicy", PutScalingPolicyRequest::builder, this::put),
                Operation.of("DeletePolicy", DeletePolicyRequest::builder, this::delete),
                Operation.of("ExecutePolicy", ExecutePolicyRequest::builder, this::execute));
    }

    private PutScalingPolicyResponse put(PutScalingPolicyRequest request) {
        String group = GroupOperations.name(request.autoScalingGroupName());
        String name = required(request.policyName(), "PolicyName");
        boolean enabled = !Boolean.FALSE.equals(request.enabled());
        String type = request.policyType() == null ? "SimpleScaling" : request.policyType();
        try {
            PolicySpec policy = switch (type) {
                case "TargetTrackingScaling" -> tracking(group, name, enabled, request);
                case "StepScaling" ->
                    new StepScalingSpec(
                            name,
                            enabled,
                            adjustment(request),
                            request.stepAdjustments().stream()
                                    .map(step -> new StepScalingSpec.Step(
                                            optional(step.metricIntervalLowerBound()),
                                            optional(step.metricIntervalUpperBound()),
                                            required(step.scalingAdjustment(), "ScalingAdjustment")))
                                    .toList(),
                            seconds(request.estimatedInstanceWarmup()));
                case "SimpleScaling" ->
                    new SimpleScalingSpec(
                            name,
                            enabled,
                            adjustment(request),
                            required(request.scalingAdjustment(), "ScalingAdjustment"),
                            seconds(request.cooldown()));
                default ->
                    throw AwsFault.badRequest(
                            "ValidationError",
                            "PolicyType '" + type
                                    + "' is not one of SimpleScaling, StepScaling, TargetTrackingScaling");
            };
            scaling.group(group).put(policy);
        } catch (IllegalArgumentException e) {
            throw AwsFault.badRequest("ValidationError", String.valueOf(e.getMessage()));
        }
        GroupStatus status = scaling.group(group).status();
        return PutScalingPolicyResponse.builder()
                .policyARN(descriptions.arn(group, name))
                .alarms(descriptions.alarms(status, name))
                .build();
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Adjustment adjustment(PutScalingPolicyRequest request) {
        Integer magnitude = request.minAdjustmentMagnitude() == null
                ? request.minAdjustmentStep()
                : request.minAdjustmentMagnitude();
        return new Adjustment(
                Adjustment.Type.named(required(request.adjustmentType(), "AdjustmentType")),
                GroupOperations.optional(magnitude));
    }

    private static TargetTrackingSpec tracking(
            String group, String name, boolean enabled, PutScalingPolicyRequest request) {
        TargetTrackingConfiguration configuration =
                required(request.targetTrackingConfiguration(), "TargetTrackingConfiguration");
        return new TargetTrackingSpec(
                name,
                enabled,
                metric(group, configuration),
                required(configuration.targetValue(), "TargetValue"),
                SCALE_OUT_DATAPOINTS,
                SCALE_IN_DATAPOINTS,
                !Boolean.TRUE.equals(configuration.disableScaleIn()),
                seconds(request.estimatedInstanceWarmup()));
    }

    private static TrackedMetric metric(String group, TargetTrackingConfiguration configuration) {
        PredefinedMetricSpecification predefined = configuration.predefinedMetricSpecification();
        CustomizedMetricSpecification customized = configuration.customizedMetricSpecification();
        if ((predefined == null) == (customized == null)) {
            throw new IllegalArgumentException(
                    "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified");
        }
        if (predefined != null) {
            return TrackedMetric.predefined(
                    String.valueOf(predefined.predefinedMetricTypeAsString()),
                    group,
                    Optional.ofNullable(predefined.resourceLabel()));
        }
        if (!customized.metrics().isEmpty()) {
            throw new IllegalArgumentException("Metric math is not offered here");
        }
        return TrackedMetric.customized(
                Metrics.key(
                        required(customized.namespace(), "Namespace"),
                        required(customized.metricName(), "MetricName"),
                        customized.dimensions().stream()
                                .map(each -> Dimension.builder()
                                        .name(each.name())
                                        .value(each.value())
                                        .build())
                                .toList()),
                Statistic.named(required(customized.statisticAsString(), "Statistic")));
    }

    private DeletePolicyResponse delete(DeletePolicyRequest request) {
        Named named = named(request.autoScalingGroupName(), request.policyName());
        scaling.group(named.group()).removePolicy(named.policy());
        return DeletePolicyResponse.builder().build();
    }

    private ExecutePolicyResponse execute(ExecutePolicyRequest request) {
        Named named = named(request.autoScalingGroupName(), request.policyName());
        Optional<Double> distance = request.metricValue() == null || request.breachThreshold() == null
                ? Optional.empty()
                : Optional.of(request.metricValue() - request.breachThreshold());
        scaling.group(named.group()).execute(named.policy(), distance, Boolean.TRUE.equals(request.honorCooldown()));
        return ExecutePolicyResponse.builder().build();
    }

    private record Named(String group, String policy) {}

    /** A policy is named by its ARN, or by its group and name. */
    private Named named(@Nullable String group, @Nullable String policy) {
        String given = required(policy, "PolicyName");
        return scaling.policy(given)
                .map(arn -> new Named(arn.group(), arn.policy()))
                .orElseGet(() -> new Named(GroupOperations.name(group), given));
    }
}
