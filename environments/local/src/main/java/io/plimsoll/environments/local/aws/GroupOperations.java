package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.ScalingProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.DisableMetricsCollectionRequest;
import software.amazon.awssdk.services.autoscaling.model.DisableMetricsCollectionResponse;
import software.amazon.awssdk.services.autoscaling.model.EnableMetricsCollectionRequest;
import software.amazon.awssdk.services.autoscaling.model.EnableMetricsCollectionResponse;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceHealthResponse;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionRequest;
import software.amazon.awssdk.services.autoscaling.model.SetInstanceProtectionResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/** Auto Scaling: what changes a group. */
final class GroupOperations {
    private final AutoScaling scaling;

    GroupOperations(AutoScaling scaling) {
        this.scaling = scaling;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("SetDesiredCapacity", SetDesiredCapacityRequest::builder, this::setDesired),
                Operation.of("UpdateAutoScalingGroup", UpdateAutoScalingGroupRequest::builder, this::update),
                Operation.of("SetInstanceHealth", SetInstanceHealthRequest::builder, this::setHealth),
                Operation.of("SetInstanceProtection", SetInstanceProtectionRequest::builder, this::protect),
                Operation.of("SuspendProcesses", SuspendProcessesRequest::builder, request -> {
                    suspend(request.autoScalingGroupName(), request.scalingProcesses(), true);
                    return SuspendProcessesResponse.builder().build();
                }),
                Operation.of("ResumeProcesses", ResumeProcessesRequest::builder, request -> {
                    suspend(request.autoScalingGroupName(), request.scalingProcesses(), false);
                    return ResumeProcessesResponse.builder().build();
                }),
                Operation.of("EnableMetricsCollection", EnableMetricsCollectionRequest::builder, request -> {
                    scaling.group(name(request.autoScalingGroupName())).enableMetrics(request.metrics(), true);
                    return EnableMetricsCollectionResponse.builder().build();
                }),
                Operation.of("DisableMetricsCollection", DisableMetricsCollectionRequest::builder, request -> {
                    scaling.group(name(request.autoScalingGroupName())).enableMetrics(request.metrics(), false);
                    return DisableMetricsCollectionResponse.builder().build();
                }));
    }

    /** A required name. */
    static String name(@Nullable String name) {
        return required(name, "AutoScalingGroupName");
    }

    /** A required member of a request. */
    static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw AwsFault.badRequest(
                    "ValidationError",
                    "1 validation error detected: Value null at '"
                            + Character.toLowerCase(member.charAt(0)) + member.substring(1)
                            + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static Optional<Duration> seconds(@Nullable Integer value) {
        if (value != null && value < 0) {
            throw AwsFault.badRequest("ValidationError", "A time must be >= 0 seconds, was " + value);
        }
        return Optional.ofNullable(value).map(Duration::ofSeconds);
    }

    private SetDesiredCapacityResponse setDesired(SetDesiredCapacityRequest request) {
        scaling.group(name(request.autoScalingGroupName()))
                .setDesired(
                        required(request.desiredCapacity(), "DesiredCapacity"),
                        Boolean.TRUE.equals(request.honorCooldown()));
        return SetDesiredCapacityResponse.builder().build();
    }

    private UpdateAutoScalingGroupResponse update(UpdateAutoScalingGroupRequest request) {
        scaling.group(name(request.autoScalingGroupName()))
                .update(
                        optional(request.minSize()),
                        optional(request.maxSize()),
                        optional(request.desiredCapacity()),
                        seconds(request.defaultInstanceWarmup()),
                        seconds(request.defaultCooldown()));
        return UpdateAutoScalingGroupResponse.builder().build();
    }

    private SetInstanceHealthResponse setHealth(SetInstanceHealthRequest request) {
        String id = required(request.instanceId(), "InstanceId");
        String status = required(request.healthStatus(), "HealthStatus");
        if (!List.of("Healthy", "Unhealthy").contains(status)) {
            throw AwsFault.badRequest("ValidationError", "Invalid health status: " + status);
        }
        scaling.groupOf(id).setHealth(id, status.equals("Healthy"));
        return SetInstanceHealthResponse.builder().build();
    }

    private SetInstanceProtectionResponse protect(SetInstanceProtectionRequest request) {
        scaling.group(name(request.autoScalingGroupName()))
                .protect(request.instanceIds(), required(request.protectedFromScaleIn(), "ProtectedFromScaleIn"));
        return SetInstanceProtectionResponse.builder().build();
    }

    private void suspend(@Nullable String group, List<String> processes, boolean on) {
        scaling.group(name(group))
                .suspend(processes.stream().map(ScalingProcess::named).toList(), on);
    }
}
